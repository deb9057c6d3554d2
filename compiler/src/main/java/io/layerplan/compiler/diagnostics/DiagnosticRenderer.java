package io.layerplan.compiler.diagnostics;

import java.util.List;

/// Diagnostics as text for people:
/// ```
/// error: the model has no layer 31
///   --> draft.plan:1:35
///    |
///  1 | run 0..3; par 4..11 avg; loop 12..31 x2
///    |                                   ^^ last layer is 17
///    = help: `tiny-18l.gguf` has 18 layers, numbered 0..17
/// ```
/// What is about a flag or a whole plan has no line to show.
public final class DiagnosticRenderer {
    private static final String BOLD = "\u001B[1m";
    private static final String RED = "\u001B[1;31m";
    private static final String YELLOW = "\u001B[1;33m";
    private static final String CYAN = "\u001B[1;36m";
    private static final String BLUE = "\u001B[1;34m";
    private static final String RESET = "\u001B[0m";

    private final boolean colour;

    /// @param colour whether to use the escape sequences of terminals
    public DiagnosticRenderer(boolean colour) {
        this.colour = colour;
    }

    /// All of them, with an empty line between two.
    public String render(List<Diagnostic> diagnostics) {
        var text = new StringBuilder();
        for (Diagnostic diagnostic : diagnostics) {
            text.append(text.isEmpty() ? "" : "\n").append(render(diagnostic));
        }
        return text.toString();
    }

    /// One diagnostic; its last line ends with a line end too.
    public String render(Diagnostic diagnostic) {
        String tone = tone(diagnostic.severity());
        var text = new StringBuilder()
                .append(paint(tone, diagnostic.severity().word()))
                .append(paint(BOLD, ": " + diagnostic.message()))
                .append('\n');
        SourceSpan span = diagnostic.span();
        String gutter = "  ";
        if (span.hasPlace()) {
            Snippet snippet = Snippet.of(span);
            gutter = " ".repeat(Math.max(2, digits(snippet.line())));
            appendLocation(text, gutter, span);
            appendSnippet(text, gutter, tone, snippet, diagnostic.label().orElse(""));
        } else {
            appendLocation(text, gutter, span);
        }
        if (diagnostic.help().isPresent()) {
            text.append(gutter).append(paint(BLUE, " = ")).append(paint(BOLD, "help: "));
            text.append(diagnostic.help().get()).append('\n');
        }
        return text.toString();
    }

    private void appendLocation(StringBuilder text, String gutter, SourceSpan span) {
        text.append(gutter).append(paint(BLUE, "--> ")).append(span.location()).append('\n');
    }

    private void appendSnippet(StringBuilder text, String gutter, String tone, Snippet snippet, String label) {
        String number = Integer.toString(snippet.line());
        String padding = " ".repeat(gutter.length() - number.length());
        text.append(paint(BLUE, gutter + " |")).append('\n');
        text.append(paint(BLUE, padding + number + " |"));
        text.append(snippet.text().isEmpty() ? "" : " ").append(snippet.text()).append('\n');
        String carets = "^".repeat(snippet.width()) + (label.isEmpty() ? "" : " " + label);
        text.append(paint(BLUE, gutter + " |")).append(" ".repeat(snippet.indent() + 1));
        text.append(paint(tone, carets)).append('\n');
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }

    private static String tone(Severity severity) {
        return switch (severity) {
            case ERROR -> RED;
            case WARNING -> YELLOW;
            case NOTE -> CYAN;
        };
    }

    private String paint(String tone, String text) {
        return colour ? tone + text + RESET : text;
    }
}
