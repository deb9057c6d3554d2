package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.MapOperands;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Computes the same thing once: two branches of a `par` that begin with the same layer share its work and, since their
/// keys and values are equal, its slot.
/// ```
/// %3 = norm(%0, %1)
/// %4 = norm(%0, %1)        ->   every %4 becomes %3
/// ```
final class EliminateCommonSubexpressions implements Pass {
    @Override
    public String name() {
        return "eliminate-common-subexpressions";
    }

    @Override
    public Graph run(Graph graph) {
        Map<Op, Value> known = new HashMap<>();
        Map<Value, Value> renamed = new HashMap<>();
        List<Node> nodes = new ArrayList<>(graph.nodes().size());
        for (Node node : graph.nodes()) {
            Op op = MapOperands.apply(node.op(), value -> renamed.getOrDefault(value, value));
            Value first = known.putIfAbsent(key(op), node.result());
            if (first == null) {
                nodes.add(new Node(node.result(), op));
            } else {
                renamed.put(node.result(), first);
            }
        }
        return renamed.isEmpty()
                ? graph
                : new Graph(
                        graph.name(),
                        graph.tokens(),
                        graph.positions(),
                        nodes,
                        renamed.getOrDefault(graph.logits(), graph.logits()));
    }

    /// Which occurrence a slot belongs to makes no difference to what it holds.
    private static Op key(Op op) {
        return op instanceof Op.KvWrite(var keys, var values, var _, var layer, var window)
                ? new Op.KvWrite(keys, values, 0, layer, window)
                : op;
    }
}
