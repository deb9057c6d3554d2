package io.layerplan.compiler.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers a graph's values from 0 in the order of their definitions: parameters, then nodes.
public final class Renumber {
    private Renumber() {}

    public static Graph apply(Graph graph) {
        Map<Value, Value> renamed = new HashMap<>();
        Value tokens = rename(renamed, graph.tokens());
        Value positions = rename(renamed, graph.positions());
        List<Node> nodes = new ArrayList<>(graph.nodes().size());
        for (Node node : graph.nodes()) {
            Op op = MapOperands.apply(node.op(), value -> defined(renamed, value));
            nodes.add(new Node(rename(renamed, node.result()), op));
        }
        return new Graph(graph.name(), tokens, positions, nodes, defined(renamed, graph.logits()));
    }

    private static Value rename(Map<Value, Value> renamed, Value value) {
        Value numbered = new Value(renamed.size(), value.type());
        renamed.put(value, numbered);
        return numbered;
    }

    private static Value defined(Map<Value, Value> renamed, Value value) {
        Value numbered = renamed.get(value);
        if (numbered == null) {
            throw new IllegalArgumentException(value + " is used before its definition");
        }
        return numbered;
    }
}
