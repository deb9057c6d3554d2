package io.layerplan.compiler.graph;

import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.WeightNames;
import io.layerplan.compiler.schedule.Schedule;

/// Builds the graph of a plan on a model: embedding, schedule, final norm and output head. The graph is plain: one node
/// for each operation of the formulas in the language reference. What can be fused is the passes' business.
public final class GraphBuilder {
    private GraphBuilder() {}

    public static Graph build(String name, Schedule schedule, Model model) {
        GraphWriter graph = new GraphWriter(model::weight);
        Value tokens = graph.parameter();
        Value positions = graph.parameter();
        LayerBuilder layers = new LayerBuilder(model.spec(), graph, positions);
        Value table = graph.weight(WeightNames.tokenEmbedding());
        Value embedded = graph.add(new Op.Embed(tokens, table, model.spec().embeddingScale()));
        Value stream = new ScheduleBuilder(graph, layers).apply(schedule, embedded).stream(graph);
        Value last = layers.norm(graph.add(new Op.SelectOutputs(stream)), WeightNames.outputNorm());
        Value head = graph.weight(WeightNames.outputHead(model.spec()));
        Value logits = graph.add(Op.MatMul.plain(last, head));
        return DeadNodes.remove(new Graph(name, tokens, positions, graph.nodes(), logits));
    }
}
