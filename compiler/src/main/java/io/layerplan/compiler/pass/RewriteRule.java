package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import java.util.Optional;

/// A rewrite of one node that looks at the definitions of what it reads. The node keeps its value and its type; what it
/// no longer reads is removed afterwards where nothing else reads it.
public interface RewriteRule {
    /// What it is called on the command line, such as `fuse-norm`.
    String name();

    /// The operation to put in the node's place; empty where the rule does not apply.
    Optional<Op> apply(Node node, Definitions definitions);
}
