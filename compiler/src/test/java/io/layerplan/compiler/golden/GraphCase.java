package io.layerplan.compiler.golden;

import io.layerplan.compiler.diagnostics.DiagnosticRenderer;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.syntax.ir.GraphReader;
import io.layerplan.compiler.syntax.ir.ReadResult;

/// Reads golden graphs.
public final class GraphCase {
    private GraphCase() {}

    public static Graph read(GoldenCase golden) {
        return read(golden.name() + ".ir", golden.text());
    }

    /// @throws IllegalArgumentException with the diagnostics
    public static Graph read(String name, String text) {
        ReadResult result = GraphReader.read(new SourceText(name, text));
        return result.graph()
                .orElseThrow(
                        () -> new IllegalArgumentException(new DiagnosticRenderer(false).render(result.diagnostics())));
    }
}
