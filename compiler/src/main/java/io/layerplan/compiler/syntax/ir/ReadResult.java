package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.graph.Graph;
import java.util.List;
import java.util.Optional;

/// What reading a printed graph gave.
///
/// @param graph       absent if and only if there are errors
/// @param diagnostics the first error of syntax, or all other errors in the order of the text
public record ReadResult(Optional<Graph> graph, List<Diagnostic> diagnostics) {
    public ReadResult {
        diagnostics = List.copyOf(diagnostics);
    }
}
