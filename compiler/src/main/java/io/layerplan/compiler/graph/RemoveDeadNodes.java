package io.layerplan.compiler.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Removes nodes whose result nobody reads:
/// ```
/// %4 = sum(%2, %3)            (no use)   ->
/// ```
/// An attention reads the cache that its write defines, so writes without a reader go as well.
public final class RemoveDeadNodes {
    private RemoveDeadNodes() {}

    public static Graph apply(Graph graph) {
        Set<Value> used = new HashSet<>(Set.of(graph.logits()));
        List<Node> alive = new ArrayList<>(graph.nodes().size());
        for (Node node : graph.nodes().reversed()) {
            if (used.contains(node.result())) {
                used.addAll(node.op().operands());
                alive.add(node);
            }
        }
        return alive.size() == graph.nodes().size()
                ? graph
                : new Graph(graph.name(), graph.tokens(), graph.positions(), alive.reversed(), graph.logits());
    }
}
