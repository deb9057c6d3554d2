package io.layerplan.compiler.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Nodes whose result nobody reads. An attention reads the cache that its write defines, so writes without a reader are
/// among them.
public final class DeadNodes {
    private DeadNodes() {}

    /// The graph without them, and without what only they read; the very same where there are none.
    public static Graph remove(Graph graph) {
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
