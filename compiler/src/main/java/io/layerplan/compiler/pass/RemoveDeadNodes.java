package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.DeadNodes;
import io.layerplan.compiler.graph.Graph;

/// Removes what nobody reads, and what only that reads. The builder and the other passes leave nothing dead behind; a
/// graph that a person wrote may hold it.
/// ```
/// %4 = norm(%2, %3)
/// %5 = sum(%2, %4)         (no use)   ->
/// ```
final class RemoveDeadNodes implements Pass {
    @Override
    public String name() {
        return "remove-dead-nodes";
    }

    @Override
    public Graph run(Graph graph) {
        return DeadNodes.remove(graph);
    }
}
