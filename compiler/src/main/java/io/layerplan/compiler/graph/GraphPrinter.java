package io.layerplan.compiler.graph;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Prints a graph as text, one node a line, values renumbered in order:
/// ```
/// graph founding(%0: i32[T], %1: i32[T]) {
///   %2 = weight("token_embd.weight") : q8_0[2048, 192]
///   %3 = embed(%0, %2) {scale = 1.0} : f32[T, 192]
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
                        quote(numbered.name()),
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
        String attributes = attributes(node.op());
        return "%s = %s(%s)%s : %s"
                .formatted(
                        node.result(),
                        OpNames.of(node.op()),
                        arguments(node.op()),
                        attributes.isEmpty() ? "" : " {" + attributes + "}",
                        node.result().type());
    }

    private static String arguments(Op op) {
        return op instanceof Op.Weight(var name, var _) ? quote(name) : joined(op.operands());
    }

    private static String joined(List<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String attributes(Op op) {
        return switch (op) {
            case Op.Embed embed -> "scale = " + embed.scale();
            case Op.Norm norm -> "epsilon = %s, groups = %d".formatted(norm.epsilon(), norm.groups());
            case Op.Rotate(var _, var _, var _, var rope) ->
                "pairing = %s, dimensions = %d, base = %s, scale = %s, head = %d"
                        .formatted(
                                rope.pairing().name().toLowerCase(Locale.ROOT),
                                rope.dimensions(),
                                rope.base(),
                                rope.scale(),
                                rope.headSize());
            case Op.KvWrite write -> "slot = %d, layer = %d, window = %d".formatted(write.slot(), write.layer(), write.window());
            case Op.Attention(var _, var _, var heads) ->
                "heads = %d, kv_heads = %d, head = %d, scale = %s"
                        .formatted(heads.queries(), heads.keyValues(), heads.size(), heads.scale());
            case Op.Activate activate -> "function = " + activate.activation().name().toLowerCase(Locale.ROOT);
            case Op.Sum sum -> "weights = [" + joined(sum.weights()) + "]";
            case Op.Weight _, Op.MatMul _, Op.AddBias _, Op.Multiply _, Op.SelectOutputs _ -> "";
        };
    }

    static String quote(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
