package io.layerplan.compiler.graph;

/// One operation and the value it defines.
public record Node(Value result, Op op) {}
