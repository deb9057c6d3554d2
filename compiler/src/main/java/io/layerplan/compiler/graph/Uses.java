package io.layerplan.compiler.graph;

import java.util.Arrays;

/// How often each value of a graph is read, the logits' return included.
public final class Uses {
    // By the value's number.
    private int[] counts = new int[64];

    private Uses() {}

    public static Uses of(Graph graph) {
        Uses uses = new Uses();
        for (Node node : graph.nodes()) {
            for (Value operand : node.op().operands()) {
                uses.add(operand);
            }
        }
        uses.add(graph.logits());
        return uses;
    }

    private void add(Value value) {
        if (value.id() >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(value.id() + 1, 2 * counts.length));
        }
        counts[value.id()]++;
    }

    public int count(Value value) {
        return value.id() < counts.length ? counts[value.id()] : 0;
    }
}
