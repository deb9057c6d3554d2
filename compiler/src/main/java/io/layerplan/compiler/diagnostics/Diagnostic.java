package io.layerplan.compiler.diagnostics;

import java.util.Optional;

/// One thing to say about a source.
///
/// @param message stands alone, starts in lower case, has no full stop, does not say what to do
/// @param label a few words beside the caret
/// @param help what to do about it
public record Diagnostic(
        Severity severity, SourceSpan span, String message, Optional<String> label, Optional<String> help) {
    public static Diagnostic error(SourceSpan span, String message) {
        return new Diagnostic(Severity.ERROR, span, message, Optional.empty(), Optional.empty());
    }

    public static Diagnostic warning(SourceSpan span, String message) {
        return new Diagnostic(Severity.WARNING, span, message, Optional.empty(), Optional.empty());
    }

    public static Diagnostic note(SourceSpan span, String message) {
        return new Diagnostic(Severity.NOTE, span, message, Optional.empty(), Optional.empty());
    }

    public Diagnostic withLabel(String text) {
        return new Diagnostic(severity, span, message, Optional.of(text), help);
    }

    public Diagnostic withHelp(String text) {
        return new Diagnostic(severity, span, message, label, Optional.of(text));
    }

    /// The same, with help only where there is some.
    public Diagnostic withHelp(Optional<String> text) {
        return new Diagnostic(severity, span, message, label, text);
    }
}
