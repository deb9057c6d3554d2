package io.layerplan.runtime.program.text;

import static io.layerplan.runtime.program.text.ProgramPrinter.word;

import io.layerplan.runtime.program.HeadEpilogue;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Input;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The text of a kernel, `result = name(arguments)`. What fusion drew into a product stands around it: the norm of its
/// input inside, the bias behind a `+`, the work on its heads behind `|`.
final class KernelPrinter {
    private final Function<View, String> views;

    /// @param views the text of a view
    KernelPrinter(Function<View, String> views) {
        this.views = views;
    }

    String print(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Embed(int table, float scale, View y) ->
                "%s = embed(w%s, scale %s)".formatted(text(y), table, scale);
            case Kernel.Norm(View x, int gain, float epsilon, int groups, View y) ->
                "%s = norm(%s, w%s, %s%s)"
                        .formatted(text(y), text(x), gain, epsilon, groups == 1 ? "" : ", groups " + groups);
            case Kernel.MatMul(Input x, int matrix, OptionalInt bias, var heads, Target y) ->
                target(y) + " = " + product(x, matrix, bias)
                        + heads.map(this::heads).orElse("");
            case Kernel.GatedMatMul(Input x, int gate, int up, var activation, View y) ->
                "%s = gated_matmul(%s, %s, w%s, w%s)".formatted(text(y), word(activation), input(x), gate, up);
            case Kernel.Bias(View x, int bias, View y) -> "%s = add_bias(%s, w%s)".formatted(text(y), text(x), bias);
            case Kernel.Rotate(View x, Rope rope, int headSize, View y) ->
                "%s = rotate(%s, heads %s, %s)".formatted(text(y), text(x), headSize, rope(rope));
            case Kernel.KvWrite(View keys, View values, int slot) ->
                "kv%s = kv_write(%s, %s)".formatted(slot, text(keys), text(values));
            case Kernel.Attention(View queries, int slot, Heads heads, View y) ->
                "%s = attention(%s, kv%s, heads %s, kv_heads %s, size %s, scale %s)"
                        .formatted(
                                text(y),
                                text(queries),
                                slot,
                                heads.queries(),
                                heads.keyValues(),
                                heads.size(),
                                heads.scale());
            case Kernel.Activate(View x, var activation, View y) ->
                "%s = activate(%s, %s)".formatted(text(y), word(activation), text(x));
            case Kernel.Multiply(View a, View b, View y) ->
                "%s = multiply(%s, %s)".formatted(text(y), text(a), text(b));
            case Kernel.Sum(var terms, View y) ->
                "%s = sum(%s)".formatted(text(y), terms.stream().map(this::term).collect(Collectors.joining(", ")));
            case Kernel.SelectOutputs(View x, View y) -> "%s = select_outputs(%s)".formatted(text(y), text(x));
        };
    }

    private String text(View view) {
        return views.apply(view);
    }

    private String target(Target target) {
        return switch (target) {
            case Target.Activations(View y) -> text(y);
            case Target.Keys(int slot) -> "kv" + slot + ".keys";
            case Target.Values(int slot) -> "kv" + slot + ".values";
        };
    }

    private String input(Input input) {
        return input.norm()
                .map(norm -> norm(input.x(), norm.gain(), norm.epsilon()))
                .orElseGet(() -> text(input.x()));
    }

    private String norm(View x, int gain, float epsilon) {
        return "norm(%s, w%s, %s)".formatted(text(x), gain, epsilon);
    }

    private String product(Input x, int matrix, OptionalInt bias) {
        return "matmul(%s, w%s)%s".formatted(input(x), matrix, bias.isPresent() ? " + w" + bias.getAsInt() : "");
    }

    private String heads(HeadEpilogue heads) {
        return " | heads " + heads.headSize()
                + heads.norm()
                        .map(norm -> " | norm(w%s, %s)".formatted(norm.gain(), norm.epsilon()))
                        .orElse("")
                + heads.rope().map(rope -> " | rotate(" + rope(rope) + ")").orElse("");
    }

    private String rope(Rope rope) {
        return "%s %s, base %s, scale %s%s"
                .formatted(
                        word(rope.pairing()),
                        rope.dimensions(),
                        rope.base(),
                        rope.scale(),
                        rope.factors() < 0 ? "" : ", factors w" + rope.factors());
    }

    private String term(Term term) {
        return (Float.compare(term.weight(), 1) == 0 ? "" : term.weight() + " * ")
                + switch (term) {
                    case Term.Plain(View x, var _) -> text(x);
                    case Term.Normed(View x, int gain, float epsilon, var _) -> norm(x, gain, epsilon);
                    case Term.Product(Input x, int matrix, OptionalInt bias, var _) -> product(x, matrix, bias);
                };
    }
}
