package io.layerplan.compiler.graph;

/// A value, defined once: a parameter of the graph or the result of a node. Prints as `%7`.
public record Value(int id, ValueType type) {
    @Override
    public String toString() {
        return "%" + id;
    }
}
