package io.layerplan.compiler.graph;

import io.layerplan.compiler.graph.ValueType.Weights;
import io.layerplan.runtime.tensor.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Appends nodes to a graph under construction: gives values their numbers and types, and names each weight once.
final class GraphWriter {
    private final Function<String, Matrix> weights;
    private final Map<String, Value> named = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private int nextId;
    private int nextSlot;

    /// @param weights the model's weights by name
    GraphWriter(Function<String, Matrix> weights) {
        this.weights = weights;
    }

    Value parameter() {
        return new Value(nextId++, new ValueType.Indices());
    }

    Value add(Op op) {
        Value result = new Value(nextId++, ResultTypes.of(op));
        nodes.add(new Node(result, op));
        return result;
    }

    /// The weight of this name, defined where it is first asked for.
    Value weight(String name) {
        Value known = named.get(name);
        if (known != null) {
            return known;
        }
        Matrix matrix = weights.apply(name);
        Value value = add(new Op.Weight(name, new Weights(matrix.type(), matrix.rows(), matrix.columns())));
        named.put(name, value);
        return value;
    }

    /// The sum of the terms; the value itself where there is one with weight 1.
    Value sum(List<Term.Plain> terms) {
        if (terms.size() == 1 && terms.getFirst().weight() == 1f) {
            return terms.getFirst().x();
        }
        return add(new Op.Sum(List.copyOf(terms)));
    }

    /// The number of the next occurrence of an attention.
    int nextSlot() {
        return nextSlot++;
    }

    List<Node> nodes() {
        return nodes;
    }
}
