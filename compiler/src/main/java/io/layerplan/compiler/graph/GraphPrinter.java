package io.layerplan.compiler.graph;

/// Prints a graph as text, one node a line, values renumbered in order:
/// ```
/// graph "founding"(%0: i32[T], %1: i32[T]) {
///   %2 = weight("token_embd.weight") : q8_0[2048, 192]
///   %3 = embed(%0, %2) : f32[T, 192]
///   …
///   return %9
/// }
/// ```
public final class GraphPrinter {
    private GraphPrinter() {}

    public static String print(Graph graph) {
        Graph numbered = Renumber.apply(graph);
        StringBuilder out = new StringBuilder("graph %s(%s: %s, %s: %s) {\n"
                .formatted(
                        OpPrinter.quote(numbered.name()),
                        numbered.tokens(),
                        numbered.tokens().type(),
                        numbered.positions(),
                        numbered.positions().type()));
        for (Node node : numbered.nodes()) {
            out.append("  ").append(print(node)).append('\n');
        }
        return out.append("  return ").append(numbered.logits()).append("\n}\n").toString();
    }

    static String print(Node node) {
        return node.result() + " = " + OpPrinter.print(node.op()) + " : "
                + node.result().type();
    }
}
