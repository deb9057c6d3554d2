package io.layerplan.compiler.graph;

import io.layerplan.compiler.graph.ValueType.Activations;
import java.util.HashSet;
import java.util.Set;

/// What holds for every graph: each value is defined once and before its uses, each type is the one its operation
/// makes, each slot is written once, and the logits are a value of the graph.
public final class Verifier {
    private Verifier() {}

    /// @param stage what made the graph, for the message
    /// @throws IllegalStateException with the stage, the offending node and the graph's text
    public static void verify(Graph graph, String stage) {
        Set<Value> defined = new HashSet<>(Set.of(graph.tokens(), graph.positions()));
        Set<Integer> ids =
                new HashSet<>(Set.of(graph.tokens().id(), graph.positions().id()));
        Set<Integer> slots = new HashSet<>();
        for (Node node : graph.nodes()) {
            check(defined.containsAll(node.op().operands()), stage, node, "uses a value before its definition");
            check(ids.add(node.result().id()), stage, node, "defines a value a second time");
            check(node.result().type().equals(typeOf(node, stage)), stage, node, "has another type than its operation");
            if (node.op() instanceof Op.KvWrite write) {
                check(slots.add(write.slot()), stage, node, "writes a slot a second time");
            }
            defined.add(node.result());
        }
        if (!defined.contains(graph.logits()) || !(graph.logits().type() instanceof Activations)) {
            throw new IllegalStateException("after " + stage + ": the logits " + graph.logits() + " are not defined");
        }
    }

    private static ValueType typeOf(Node node, String stage) {
        try {
            return ResultTypes.of(node.op());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "after " + stage + ": " + GraphPrinter.print(node) + ": " + e.getMessage(), e);
        }
    }

    private static void check(boolean condition, String stage, Node node, String message) {
        if (!condition) {
            throw new IllegalStateException("after " + stage + ": " + GraphPrinter.print(node) + " " + message);
        }
    }
}
