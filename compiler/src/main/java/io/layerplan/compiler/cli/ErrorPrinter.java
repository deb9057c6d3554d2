package io.layerplan.compiler.cli;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.DiagnosticRenderer;
import io.layerplan.compiler.diagnostics.DiagnosticReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Prints what went wrong: for people on standard error, for tools as JSON on standard output.
public final class ErrorPrinter {
    private static final String RED = "\u001B[1;31m";
    private static final String BLUE = "\u001B[1;34m";
    private static final String BOLD = "\u001B[1m";
    private static final String RESET = "\u001B[0m";

    private final Environment environment;
    private final boolean color;
    private final boolean json;

    public ErrorPrinter(Environment environment, ColorChoice color, boolean json) {
        this.environment = environment;
        this.color = color.applies(environment, environment.errorIsTerminal());
        this.json = json;
    }

    /// An error that is about no place in a plan.
    void print(String message, Optional<String> help) {
        if (json) {
            environment.out().print(Json.text(Map.of("diagnostics", List.of(report(message, help)))));
            return;
        }
        var text = new StringBuilder(paint(RED, "error"))
                .append(paint(BOLD, ": " + message))
                .append('\n');
        help.ifPresent(remedy -> text.append(paint(BLUE, "   = "))
                .append(paint(BOLD, "help: "))
                .append(remedy)
                .append('\n'));
        environment.err().print(text);
    }

    /// What was found in a plan.
    public void print(ResolvedPlan plan) {
        if (json) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("plan", plan.sourceName());
            report.put("ok", plan.schedule().isPresent());
            report.put("diagnostics", reports(plan.diagnostics()));
            environment.out().print(Json.text(report));
            return;
        }
        environment.err().print(new DiagnosticRenderer(color).render(plan.diagnostics()));
        environment.err().flush();
    }

    /// The same as data.
    static List<DiagnosticReport> reports(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(DiagnosticReport::of).toList();
    }

    private static Map<String, String> report(String message, Optional<String> help) {
        Map<String, String> report = new LinkedHashMap<>();
        report.put("severity", "error");
        report.put("message", message);
        help.ifPresent(remedy -> report.put("help", remedy));
        return report;
    }

    private String paint(String tone, String text) {
        return color ? tone + text + RESET : text;
    }
}
