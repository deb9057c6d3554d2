package io.layerplan.compiler.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The text of an operation: `name(arguments) {attributes}`. What fusion drew into an operation stands where its value
/// stood: `matmul(norm(%3, %4) {epsilon = 1.0E-5}, %5)`. Attributes that change nothing (one group, no window, a scale
/// of
/// 1) are left out.
final class OpPrinter {
    private OpPrinter() {}

    static String print(Op op) {
        return OpNames.of(op) + "(" + arguments(op) + ")" + braces(attributes(op));
    }

    private static String arguments(Op op) {
        return switch (op) {
            case Op.Weight(var name, var _) -> quote(name);
            case Op.MatMul(var x, var w, var _, var _) -> input(x) + ", " + w;
            case Op.GatedMatMul(var x, var gate, var up, var _) -> input(x) + ", " + gate + ", " + up;
            case Op.Sum(var terms) -> terms.stream().map(OpPrinter::term).collect(Collectors.joining(", "));
            case Op.Embed _,
                    Op.Norm _,
                    Op.AddBias _,
                    Op.Rotate _,
                    Op.KvWrite _,
                    Op.Attention _,
                    Op.Activate _,
                    Op.Multiply _,
                    Op.SelectOutputs _ -> joined(op.operands());
        };
    }

    private static Map<String, Object> attributes(Op op) {
        return switch (op) {
            case Op.Embed embed -> unlessNeutral("scale", embed.scale(), 1f);
            case Op.Norm norm -> norm(norm.epsilon(), norm.groups());
            case Op.MatMul(var _, var _, var bias, var heads) -> epilogue(bias, heads);
            case Op.GatedMatMul gated -> Map.of("function", word(gated.activation()));
            case Op.Rotate(var _, var _, var _, var rope) -> rope(rope);
            case Op.KvWrite write -> {
                Map<String, Object> attributes = ordered("slot", write.slot(), "layer", write.layer());
                attributes.putAll(unlessNeutral("window", write.window(), 0));
                yield attributes;
            }
            case Op.Attention(var _, var _, var heads) ->
                ordered(
                        "heads",
                        heads.queries(),
                        "kv_heads",
                        heads.keyValues(),
                        "head",
                        heads.size(),
                        "scale",
                        heads.scale());
            case Op.Activate activate -> Map.of("function", word(activate.activation()));
            case Op.Weight _, Op.Sum _, Op.AddBias _, Op.Multiply _, Op.SelectOutputs _ -> Map.of();
        };
    }

    private static String input(Input input) {
        String x = input.outputs()
                ? "select_outputs(" + input.x() + ")"
                : input.x().toString();
        return input.norm()
                .map(norm -> "norm(%s, %s)".formatted(x, norm.gain()) + braces(norm(norm.epsilon(), 1)))
                .orElse(x);
    }

    private static String term(Term term) {
        String factor = term.weight() == 1f ? "" : term.weight() + " * ";
        return factor
                + switch (term) {
                    case Term.Plain(var x, var _) -> x.toString();
                    case Term.Normed(var x, var gain, var epsilon, var _) ->
                        "norm(%s, %s)".formatted(x, gain) + braces(norm(epsilon, 1));
                    case Term.Product(var x, var w, var bias, var _) ->
                        "matmul(%s, %s)".formatted(input(x), w) + braces(epilogue(bias, HeadEpilogue.NONE));
                };
    }

    private static Map<String, Object> epilogue(Optional<Value> bias, HeadEpilogue heads) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        bias.ifPresent(vector -> attributes.put("bias", vector));
        heads.norm()
                .ifPresent(n -> attributes.put(
                        "heads", "norm(%s)".formatted(n.gain()) + braces(norm(n.epsilon(), n.groups()))));
        heads.rotation()
                .ifPresent(r -> attributes.put(
                        "rotate",
                        "rotate(%s)"
                                        .formatted(joined(new OperandList()
                                                .add(r.positions())
                                                .add(r.factors())
                                                .list()))
                                + braces(rope(r.rope()))));
        return attributes;
    }

    private static Map<String, Object> norm(float epsilon, int groups) {
        Map<String, Object> attributes = ordered("epsilon", epsilon);
        attributes.putAll(unlessNeutral("groups", groups, 1));
        return attributes;
    }

    private static Map<String, Object> rope(RopeAttributes rope) {
        Map<String, Object> attributes =
                ordered("pairing", word(rope.pairing()), "dimensions", rope.dimensions(), "base", rope.base());
        attributes.putAll(unlessNeutral("scale", rope.scale(), 1.0));
        attributes.put("head", rope.headSize());
        return attributes;
    }

    private static Map<String, Object> unlessNeutral(String name, Object value, Object neutral) {
        return value.equals(neutral) ? Map.of() : Map.of(name, value);
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static String braces(Map<String, Object> attributes) {
        return attributes.isEmpty()
                ? ""
                : attributes.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue())
                        .collect(Collectors.joining(", ", " {", "}"));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String joined(List<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    static String quote(String name) {
        return '"'
                + name.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
