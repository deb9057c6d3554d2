package io.layerplan.compiler.draw;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphBuilder;
import io.layerplan.compiler.lower.Lowering;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.pass.Pass;
import io.layerplan.compiler.pass.Pipelines;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.compiler.schedule.PlanResolver;
import io.layerplan.compiler.schedule.Resolution;
import io.layerplan.compiler.schedule.ResolveOptions;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tensor.ElementType;
import java.util.List;
import java.util.Optional;

/// A plan on a random model, compiled both ways.
record Compiled(Graph plain, Graph optimised, Program fused, Program unfused) {
    /// @param architecture by its name in GGUF files
    static Compiled of(String plan, String architecture, int layers) {
        return tryOf(plan, architecture, layers).orElseThrow(() -> new IllegalArgumentException(plan));
    }

    /// Empty if the plan has errors.
    static Optional<Compiled> tryOf(String plan, String architecture, int layers) {
        Model model = RandomModels.model(
                io.layerplan.compiler.testing.ModelShape.of(architecture, List.of(ElementType.F32), layers), 1);
        Resolution resolution = PlanResolver.resolve(
                new SourceText("test.plan", plan), ModelShape.ofLayers(layers), ResolveOptions.NONE);
        return resolution.schedule().map(schedule -> {
            Graph plain = GraphBuilder.build("test", schedule, model);
            Graph optimised = plain;
            for (Pass pass : Pipelines.fusing()) {
                optimised = pass.run(optimised);
            }
            int vocabulary = model.spec().vocabulary();
            int context = model.spec().context();
            return new Compiled(
                    plain,
                    optimised,
                    Lowering.fused(optimised, NumericMode.F32, vocabulary, context),
                    Lowering.unfused(plain, NumericMode.F32, vocabulary, context));
        });
    }

    LaunchSummary summary() {
        return LaunchSummary.of(fused, unfused);
    }
}
