package io.layerplan.compiler.draw;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.OpNames;
import io.layerplan.compiler.graph.Term;
import io.layerplan.compiler.graph.Value;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes a graph for Graphviz: a node for each operation, an edge for each value that it reads, a cluster for each
/// launch. Weights and positions are named in the operations that read them, since their edges would go everywhere; an
/// operation that is in no launch costs none.
public final class GraphDot {
    private final Graph graph;
    private final List<List<Node>> launches;
    private final Map<Value, Integer> numbers = new HashMap<>();
    private final Map<Value, String> named = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    private GraphDot(Graph graph, List<List<Node>> launches) {
        this.graph = graph;
        this.launches = launches;
        number(graph.tokens());
        number(graph.positions());
        named.put(graph.positions(), "positions");
        for (Node node : graph.nodes()) {
            number(node.result());
            if (node.op() instanceof Op.Weight weight) {
                named.put(node.result(), weight.name());
            }
        }
    }

    /// Values have the numbers that they have in the printed graph.
    private void number(Value value) {
        numbers.put(value, numbers.size());
    }

    /// @param launches the nodes of each launch, see [io.layerplan.compiler.lower.LaunchNodes]
    public static String print(Graph graph, List<List<Node>> launches) {
        return new GraphDot(graph, launches).print();
    }

    private String print() {
        out.append("digraph ").append(quote(graph.name())).append(" {\n");
        out.append("  rankdir=TB;\n");
        out.append("  node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", fontname=\"Helvetica\","
                + " fontsize=10];\n");
        out.append("  edge [fontname=\"Helvetica\", fontsize=9];\n");
        parameter(graph.tokens(), "tokens");
        Set<Node> launched = new LinkedHashSet<>();
        for (int i = 0; i < launches.size(); i++) {
            cluster(i, launches.get(i));
            launched.addAll(launches.get(i));
        }
        graph.nodes().stream()
                .filter(node -> !launched.contains(node) && !(node.op() instanceof Op.Weight))
                .forEach(node -> node(node, "  "));
        graph.nodes().forEach(this::edges);
        out.append("  logits [shape=plaintext, style=\"\"];\n");
        edge(graph.logits(), "logits");
        return out.append("}\n").toString();
    }

    private void parameter(Value value, String name) {
        out.append("  ")
                .append(id(value))
                .append(" [label=")
                .append(quote(name))
                .append(", shape=plaintext, style=\"\"];\n");
    }

    private void cluster(int number, List<Node> nodes) {
        out.append("  subgraph cluster_").append(number).append(" {\n");
        out.append("    label=\"launch ").append(number).append("\";\n");
        out.append("    style=\"rounded,filled\"; color=\"#d5dae0\"; fillcolor=\"#f1f3f5\"; fontname=\"Helvetica\";"
                + " fontsize=10;\n");
        nodes.forEach(node -> node(node, "    "));
        out.append("  }\n");
    }

    private void node(Node node, String indent) {
        StringBuilder label = new StringBuilder(OpNames.of(node.op()));
        node.op().operands().stream()
                .filter(named::containsKey)
                .distinct()
                .forEach(weight -> label.append('\n').append(named.get(weight)));
        out.append(indent).append(id(node.result())).append(" [label=").append(quote(label.toString()));
        out.append(", fillcolor=\"").append(family(node.op()).fill()).append("\"];\n");
    }

    private void edges(Node node) {
        node.op().operands().stream()
                .filter(value -> !named.containsKey(value))
                .distinct()
                .forEach(value -> edge(value, id(node.result())));
    }

    private void edge(Value value, String reader) {
        out.append("  ").append(id(value)).append(" -> ").append(reader);
        out.append(" [label=").append(quote(name(value) + ": " + value.type())).append("];\n");
    }

    private String id(Value value) {
        return "v" + numbers.get(value);
    }

    private String name(Value value) {
        return "%" + numbers.get(value);
    }

    private static Family family(Op op) {
        return switch (op) {
            case Op.Embed _ -> Family.EMBED_AND_HEAD;
            case Op.MatMul _, Op.GatedMatMul _ -> Family.PROJECTION;
            case Op.Sum(var terms) ->
                terms.stream().anyMatch(Term.Product.class::isInstance) ? Family.PROJECTION : Family.ELEMENTWISE;
            case Op.Attention _ -> Family.ATTENTION;
            case Op.Weight _,
                    Op.Norm _,
                    Op.AddBias _,
                    Op.Rotate _,
                    Op.KvWrite _,
                    Op.Activate _,
                    Op.Multiply _,
                    Op.SelectOutputs _ -> Family.ELEMENTWISE;
        };
    }

    /// A string of the DOT language, in which `\n` breaks the line.
    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
