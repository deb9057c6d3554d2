package io.layerplan.compiler.pass;

import io.layerplan.compiler.graph.DeadNodes;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.ResultTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Applies a rule to every node, in order and to each as long as it fires, then removes the nodes that nobody reads any
/// more.
final class RewritePass implements Pass {
    /// More than any rule can have to do at one node: one firing for each term of a sum.
    private static final int MOST_FIRINGS = 100_000;

    private final RewriteRule rule;

    RewritePass(RewriteRule rule) {
        this.rule = rule;
    }

    @Override
    public String name() {
        return rule.name();
    }

    @Override
    public Graph run(Graph graph) {
        Definitions definitions = new Definitions(graph);
        List<Node> nodes = new ArrayList<>(graph.nodes().size());
        boolean changed = false;
        for (Node node : graph.nodes()) {
            Op op = rewrite(node, definitions);
            changed |= !op.equals(node.op());
            nodes.add(new Node(node.result(), op));
        }
        return changed
                ? DeadNodes.remove(new Graph(graph.name(), graph.tokens(), graph.positions(), nodes, graph.logits()))
                : graph;
    }

    private Op rewrite(Node node, Definitions definitions) {
        Node current = node;
        for (int firing = 0; firing < MOST_FIRINGS; firing++) {
            Optional<Op> op = rule.apply(current, definitions);
            if (op.isEmpty()) {
                return current.op();
            }
            if (!ResultTypes.of(op.get()).equals(node.result().type())) {
                throw new IllegalStateException(
                        "%s changes the type of %s to %s".formatted(name(), node, ResultTypes.of(op.get())));
            }
            current = new Node(node.result(), op.get());
            definitions.replace(node.result(), op.get());
        }
        throw new IllegalStateException(name() + " does not come to an end at " + node);
    }
}
