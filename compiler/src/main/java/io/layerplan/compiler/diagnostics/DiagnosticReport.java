package io.layerplan.compiler.diagnostics;

import org.jspecify.annotations.Nullable;

/// A diagnostic as flat data for tools; its components are the fields of the JSON form. Lines and columns are counted
/// from
/// 1, columns in characters, and the end is exclusive. They are all 0 for what is about a flag or about the whole plan.
/// Where there is no label or no help, the field is null.
public record DiagnosticReport(
        String severity,
        String message,
        String source,
        int line,
        int column,
        int endLine,
        int endColumn,
        @Nullable String label,
        @Nullable String help) {
    private static final SourceText.Position NOWHERE = new SourceText.Position(0, 0);

    public static DiagnosticReport of(Diagnostic diagnostic) {
        SourceSpan span = diagnostic.span();
        SourceText source = span.source();
        SourceText.Position start = span.hasPlace() ? source.position(span.start()) : NOWHERE;
        SourceText.Position end = span.hasPlace() ? source.position(span.end()) : NOWHERE;
        return new DiagnosticReport(
                diagnostic.severity().word(),
                diagnostic.message(),
                source.name(),
                start.line(),
                start.column(),
                end.line(),
                end.column(),
                diagnostic.label().orElse(null),
                diagnostic.help().orElse(null));
    }
}
