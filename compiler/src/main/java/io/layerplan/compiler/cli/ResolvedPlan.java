package io.layerplan.compiler.cli;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.Severity;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.compiler.schedule.PlanResolver;
import io.layerplan.compiler.schedule.Resolution;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.compiler.syntax.ParseResult;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// The plan of the command line, read and resolved.
///
/// @param source      its text
/// @param schedule    absent if there are errors, which warnings are too under `--strict`
/// @param diagnostics everything to be said about it
public record ResolvedPlan(SourceText source, Optional<Schedule> schedule, List<Diagnostic> diagnostics) {
    public static ResolvedPlan of(PlanOptions options, ModelShape shape, InputStream standardInput) {
        ParseResult parsed = options.read(standardInput);
        if (parsed.file().isEmpty()) {
            SourceText source = parsed.diagnostics().getFirst().span().source();
            return new ResolvedPlan(source, Optional.empty(), parsed.diagnostics());
        }
        SourceText source = parsed.file().get().source();
        Resolution resolution = PlanResolver.resolve(parsed.file().get(), shape, options.resolveOptions());
        if (options.strict && resolution.has(Severity.WARNING)) {
            return new ResolvedPlan(source, Optional.empty(), strict(resolution.diagnostics()));
        }
        return new ResolvedPlan(source, resolution.schedule(), resolution.diagnostics());
    }

    /// The file, or what stands for it.
    String sourceName() {
        return source.name();
    }

    private static List<Diagnostic> strict(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .map(each -> each.severity() == Severity.WARNING
                        ? new Diagnostic(Severity.ERROR, each.span(), each.message(), each.label(), each.help())
                        : each)
                .toList();
    }
}
