package io.layerplan.compiler.graph;

import java.util.HashMap;
import java.util.Map;

/// How often each value of a graph is read, the logits' return included.
public final class Uses {
    private final Map<Value, Integer> counts = new HashMap<>();

    private Uses() {}

    public static Uses of(Graph graph) {
        Uses uses = new Uses();
        for (Node node : graph.nodes()) {
            node.op().operands().forEach(uses::add);
        }
        uses.add(graph.logits());
        return uses;
    }

    private void add(Value value) {
        counts.merge(value, 1, Integer::sum);
    }

    public int count(Value value) {
        return counts.getOrDefault(value, 0);
    }
}
