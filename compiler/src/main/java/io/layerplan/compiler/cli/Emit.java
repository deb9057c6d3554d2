package io.layerplan.compiler.cli;

/// What of a compilation is printed.
enum Emit {
    /// The plan's syntax tree.
    AST,
    /// The resolved schedule, simplified.
    SCHEDULE,
    /// The graph after all passes; with `--no-fuse`, as it is built.
    GRAPH,
    /// What an executor runs.
    PROGRAM
}
