package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Graph;

/// A rewrite of a whole graph: pure, and the very same instance where there is nothing to do.
public interface Pass {
    /// What it is called on the command line, such as `fuse-norm`.
    String name();

    Graph run(Graph graph);
}
