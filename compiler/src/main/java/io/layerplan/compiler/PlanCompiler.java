package io.layerplan.compiler;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphBuilder;
import io.layerplan.compiler.lower.Lowering;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.pass.Pass;
import io.layerplan.compiler.pass.Pipelines;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;

/// Compiles a resolved schedule for a model: graph, passes, program.
public final class PlanCompiler {
    private PlanCompiler() {}

    /// @param name what the program is called
    /// @param mode how activations are treated in matrix products
    public static Program fused(String name, Schedule schedule, Model model, NumericMode mode) {
        Graph graph = GraphBuilder.build(name, schedule, model);
        for (Pass pass : Pipelines.fusing()) {
            graph = pass.run(graph);
        }
        ModelSpec spec = model.spec();
        return Lowering.fused(graph, mode, spec.vocabulary(), spec.context());
    }

    /// The same operation by operation, for comparison: nothing is fused, and every operation is a launch.
    public static Program unfused(String name, Schedule schedule, Model model, NumericMode mode) {
        ModelSpec spec = model.spec();
        return Lowering.unfused(GraphBuilder.build(name, schedule, model), mode, spec.vocabulary(), spec.context());
    }
}
