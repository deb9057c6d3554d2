package io.layerplan.compiler.syntax.ir;

import static java.util.Map.entry;

import io.layerplan.compiler.graph.HeadEpilogue;
import io.layerplan.compiler.graph.HeadEpilogue.HeadNorm;
import io.layerplan.compiler.graph.HeadEpilogue.HeadRotation;
import io.layerplan.compiler.graph.Input;
import io.layerplan.compiler.graph.Input.InputNorm;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.RopeAttributes;
import io.layerplan.compiler.graph.Term;
import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.syntax.SyntaxException;
import io.layerplan.compiler.syntax.ir.GraphTree.Argument;
import io.layerplan.compiler.syntax.ir.GraphTree.Weighted;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Rope.Pairing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes operations of calls. `weight`, which is made of its type as well, is the business of [GraphReader].
final class OpReader {
    static final String WEIGHT = "weight";

    private static final Map<String, Function<CallReader, Op>> OPERATIONS = Map.ofEntries(
            entry("embed", OpReader::embed),
            entry("norm", OpReader::norm),
            entry("matmul", OpReader::matmul),
            entry("gated_matmul", OpReader::gatedMatmul),
            entry("add_bias", OpReader::addBias),
            entry("rotate", OpReader::rotate),
            entry("kv_write", OpReader::kvWrite),
            entry("attention", OpReader::attention),
            entry("activate", OpReader::activate),
            entry("multiply", OpReader::multiply),
            entry("sum", OpReader::sum),
            entry("select_outputs", OpReader::selectOutputs));

    private static final List<String> NAMES = Stream.concat(OPERATIONS.keySet().stream(), Stream.of(WEIGHT))
            .sorted()
            .toList();

    private OpReader() {}

    /// @throws SyntaxException if the call is none of an operation, or not one that fits it
    static Op read(CallReader call) {
        Function<CallReader, Op> operation = OPERATIONS.get(call.operation());
        if (operation == null) {
            throw new SyntaxException(GraphMessages.unknownOperation(call.nameSpan(), call.operation(), NAMES));
        }
        return operation.apply(call);
    }

    private static Op embed(CallReader call) {
        call.arguments("tokens", "table").attributes("scale");
        return new Op.Embed(call.value(0), call.value(1), call.single("scale", 1f));
    }

    private static Op norm(CallReader call) {
        call.arguments("x", "gain").attributes("epsilon", "groups");
        return new Op.Norm(call.value(0), call.value(1), call.single("epsilon"), call.integer("groups", 1));
    }

    private static Op matmul(CallReader call) {
        call.arguments("x", "w").attributes("bias", "heads", "rotate");
        HeadEpilogue heads = new HeadEpilogue(
                call.call("heads", "norm").map(OpReader::headNorm),
                call.call("rotate", "rotate").map(OpReader::headRotation));
        return new Op.MatMul(input(call, call.argument(0)), call.value(1), call.value("bias"), heads);
    }

    private static HeadNorm headNorm(CallReader call) {
        call.arguments("gain").attributes("epsilon", "groups");
        return new HeadNorm(call.value(0), call.single("epsilon"), call.integer("groups", 1));
    }

    private static HeadRotation headRotation(CallReader call) {
        call.arguments(1, "positions", "factors");
        return new HeadRotation(call.value(0), optional(call, 1), rope(call));
    }

    private static Op gatedMatmul(CallReader call) {
        call.arguments("x", "gate", "up").attributes("function");
        return new Op.GatedMatMul(
                input(call, call.argument(0)),
                call.value(1),
                call.value(2),
                call.word("function", Activation.values()));
    }

    private static Op addBias(CallReader call) {
        call.arguments("x", "bias").attributes();
        return new Op.AddBias(call.value(0), call.value(1));
    }

    private static Op rotate(CallReader call) {
        call.arguments(2, "x", "positions", "factors");
        return new Op.Rotate(call.value(0), call.value(1), optional(call, 2), rope(call));
    }

    private static RopeAttributes rope(CallReader call) {
        call.attributes("pairing", "dimensions", "base", "scale", "head");
        return new RopeAttributes(
                call.word("pairing", Pairing.values()),
                call.integer("dimensions"),
                call.real("base"),
                call.real("scale", 1),
                call.integer("head"));
    }

    private static Op kvWrite(CallReader call) {
        call.arguments("keys", "values").attributes("slot", "layer", "window");
        return new Op.KvWrite(
                call.value(0), call.value(1), call.integer("slot"), call.integer("layer"), call.integer("window", 0));
    }

    private static Op attention(CallReader call) {
        call.arguments("queries", "cache").attributes("heads", "kv_heads", "head", "scale");
        Heads heads =
                new Heads(call.integer("heads"), call.integer("kv_heads"), call.integer("head"), call.real("scale"));
        return new Op.Attention(call.value(0), call.value(1), heads);
    }

    private static Op activate(CallReader call) {
        call.arguments("x").attributes("function");
        return new Op.Activate(call.value(0), call.word("function", Activation.values()));
    }

    private static Op multiply(CallReader call) {
        call.arguments("a", "b").attributes();
        return new Op.Multiply(call.value(0), call.value(1));
    }

    private static Op sum(CallReader call) {
        call.attributes();
        return new Op.Sum(IntStream.range(0, call.size())
                .mapToObj(i -> term(call, call.argument(i)))
                .toList());
    }

    private static Op selectOutputs(CallReader call) {
        call.arguments("x").attributes();
        return new Op.SelectOutputs(call.value(0));
    }

    private static Term term(CallReader sum, Argument argument) {
        return argument instanceof Weighted(var weight, var weighted, var _)
                ? term(sum, weighted, Numbers.single(weight))
                : term(sum, argument, 1f);
    }

    private static Term term(CallReader sum, Argument argument, float weight) {
        Optional<CallReader> drawnIn = sum.call(argument);
        if (drawnIn.isEmpty()) {
            return new Term.Plain(sum.value(argument), weight);
        }
        CallReader call = drawnIn.get();
        return switch (call.operation()) {
            case "norm" -> {
                call.arguments("x", "gain").attributes("epsilon");
                yield new Term.Normed(call.value(0), call.value(1), call.single("epsilon"), weight);
            }
            case "matmul" -> {
                call.arguments("x", "w").attributes("bias");
                yield new Term.Product(input(call, call.argument(0)), call.value(1), call.value("bias"), weight);
            }
            default ->
                throw new SyntaxException(GraphMessages.notA(call.span(), "a value, or a call of `norm` or `matmul`"));
        };
    }

    /// What a product reads: a value, normalised, or of the outputs' rows only, or both.
    private static Input input(CallReader product, Argument argument) {
        Optional<CallReader> drawnIn = product.call(argument);
        if (drawnIn.isEmpty()) {
            return Input.plain(product.value(argument));
        }
        CallReader call = drawnIn.get();
        return switch (call.operation()) {
            case "norm" -> {
                call.arguments("x", "gain").attributes("epsilon");
                InputNorm norm = new InputNorm(call.value(1), call.single("epsilon"));
                Input rows = rows(call, call.argument(0));
                yield new Input(rows.x(), Optional.of(norm), rows.outputs());
            }
            case "select_outputs" -> rows(product, argument);
            default ->
                throw new SyntaxException(
                        GraphMessages.notA(call.span(), "a value, or a call of `norm` or `select_outputs`"));
        };
    }

    private static Input rows(CallReader reader, Argument argument) {
        Optional<CallReader> drawnIn = reader.call(argument);
        if (drawnIn.isEmpty()) {
            return Input.plain(reader.value(argument));
        }
        CallReader call = drawnIn.get();
        if (!call.operation().equals("select_outputs")) {
            throw new SyntaxException(GraphMessages.notA(call.span(), "a value, or a call of `select_outputs`"));
        }
        call.arguments("x").attributes();
        return new Input(call.value(0), Optional.empty(), true);
    }

    private static Optional<Value> optional(CallReader call, int index) {
        return index < call.size() ? Optional.of(call.value(index)) : Optional.empty();
    }
}
