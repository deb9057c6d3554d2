package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.Diagnostic;
import java.util.List;
import java.util.Optional;

/// What reading a plan gave: its tree, or the error that stopped it.
public record ParseResult(Optional<PlanFile> file, List<Diagnostic> diagnostics) {
    public ParseResult {
        diagnostics = List.copyOf(diagnostics);
    }
}
