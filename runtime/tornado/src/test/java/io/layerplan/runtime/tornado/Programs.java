package io.layerplan.runtime.tornado;

import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.lower.Lowering;
import io.layerplan.compiler.pass.Pass;
import io.layerplan.compiler.pass.Pipelines;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;

/// Programs of tiny models.
public final class Programs {
    public static final int CONTEXT = 64;

    private Programs() {}

    public static Program of(Fixture fixture, String plan, boolean fused, NumericMode mode) {
        Graph graph = fixture.graph(plan);
        int vocabulary = fixture.model().spec().vocabulary();
        if (!fused) {
            return Lowering.unfused(graph, mode, vocabulary, CONTEXT);
        }
        for (Pass pass : Pipelines.fusing()) {
            graph = pass.run(graph);
        }
        return Lowering.fused(graph, mode, vocabulary, CONTEXT);
    }
}
