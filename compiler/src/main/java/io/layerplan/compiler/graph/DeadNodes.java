package io.layerplan.compiler.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Nodes whose result nobody reads. An attention reads the cache that its write defines, so writes without a reader are
/// among them.
public final class DeadNodes {
    private DeadNodes() {}

    /// The graph without them, and without what only they read; the very same where there are none.
    public static Graph remove(Graph graph) {
        BitSet used = new BitSet();
        used.set(graph.logits().id());
        List<Node> alive = new ArrayList<>(graph.nodes().size());
        for (Node node : graph.nodes().reversed()) {
            if (used.get(node.result().id())) {
                for (Value operand : node.op().operands()) {
                    used.set(operand.id());
                }
                alive.add(node);
            }
        }
        return alive.size() == graph.nodes().size()
                ? graph
                : new Graph(graph.name(), graph.tokens(), graph.positions(), alive.reversed(), graph.logits());
    }
}
