package io.layerplan.compiler.graph;

/// A value, defined once: a parameter of the graph or the result of a node. Prints as `%7`.
public record Value(int id, ValueType type) {
    /// A graph's values differ in their numbers, and tables of them are what compiling spends its time on.
    @Override
    public int hashCode() {
        return id;
    }

    @Override
    public String toString() {
        return "%" + id;
    }
}
