package io.layerplan.compiler.graph;

import java.util.List;

/// A plan applied to a model: operations in static single assignment form, in execution order. Immutable.
///
/// @param name      the plan's name
/// @param tokens    the parameter that holds the batch's token ids
/// @param positions the parameter that holds their positions in the sequence
/// @param nodes     in execution order
/// @param logits    the result
public record Graph(String name, Value tokens, Value positions, List<Node> nodes, Value logits) {
    public Graph {
        nodes = List.copyOf(nodes);
    }
}
