package io.layerplan.compiler.cli;

import io.layerplan.compiler.draw.GraphDot;
import io.layerplan.compiler.draw.Heading;
import io.layerplan.compiler.draw.LaunchSummary;
import io.layerplan.compiler.draw.PlanDrawing;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.lower.LaunchNodes;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.program.Program;

/// A plan compiled both ways, fused and operation by operation.
record ComparedPrograms(Graph fusedGraph, Program fused, Graph unfusedGraph, Program unfused) {
    static ComparedPrograms of(String name, Schedule schedule, Model model, Compilation fusing, Compilation plain) {
        Graph fused = fusing.graph(name, schedule, model);
        Graph unfused = plain.graph(name, schedule, model);
        return new ComparedPrograms(
                fused, fusing.lower(fused, model.spec()), unfused, plain.lower(unfused, model.spec()));
    }

    LaunchSummary summary() {
        return LaunchSummary.of(fused, unfused);
    }

    /// @param fusing which of the two
    String drawing(String plan, String text, String model, boolean fusing) {
        return PlanDrawing.svg(new Heading(plan, text, model, fusing), fusing ? fused : unfused, summary());
    }

    /// @param fusing which of the two
    String dot(boolean fusing) {
        return fusing
                ? GraphDot.print(fusedGraph, LaunchNodes.fused(fusedGraph))
                : GraphDot.print(unfusedGraph, LaunchNodes.unfused(unfusedGraph));
    }
}
