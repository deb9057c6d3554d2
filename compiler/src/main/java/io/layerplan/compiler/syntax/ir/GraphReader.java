package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.ResultTypes;
import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.graph.ValueType;
import io.layerplan.compiler.graph.Verifier;
import io.layerplan.compiler.syntax.SyntaxException;
import io.layerplan.compiler.syntax.ir.GraphTree.Call;
import io.layerplan.compiler.syntax.ir.GraphTree.Definition;
import io.layerplan.compiler.syntax.ir.GraphTree.Parameter;
import io.layerplan.compiler.syntax.ir.GraphTree.TypeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads what [io.layerplan.compiler.graph.GraphPrinter] prints. For people, who write graphs to try a pass: the
/// values' numbers are free, all types may be left out but those of weights, and `#` begins a comment.
///
/// Reading stops at the first error of syntax; other errors are reported one for each node, all of them.
public final class GraphReader {
    /// UTF-16 units of a graph's text, enough for 10,000 layers and more.
    public static final int LONGEST_TEXT = 1 << 25;

    private final GraphTree tree;
    private final Values values;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Map<Integer, SourceSpan> slots = new HashMap<>();

    private GraphReader(GraphTree tree) {
        this.tree = tree;
        this.values = new Values(tree);
    }

    public static ReadResult read(SourceText source) {
        try {
            if (source.text().length() > LONGEST_TEXT) {
                throw new SyntaxException(GraphMessages.tooLong(source, LONGEST_TEXT));
            }
            return new GraphReader(GraphParser.parse(source)).read();
        } catch (SyntaxException e) {
            return new ReadResult(Optional.empty(), List.of(e.diagnostic()));
        }
    }

    private ReadResult read() {
        Optional<Value> tokens = parameter(tree.tokens(), "tokens");
        Optional<Value> positions = parameter(tree.positions(), "positions");
        List<Node> nodes = new ArrayList<>(tree.nodes().size());
        for (Definition definition : tree.nodes()) {
            node(definition).ifPresent(nodes::add);
        }
        Optional<Value> logits = attempt(this::logits);
        if (diagnostics.hasErrors()) {
            return new ReadResult(Optional.empty(), diagnostics.inOrder());
        }
        Graph graph = new Graph(
                tree.name().text(), tokens.orElseThrow(), positions.orElseThrow(), nodes, logits.orElseThrow());
        Verifier.verify(graph, "reading");
        return new ReadResult(Optional.of(graph), List.of());
    }

    private Optional<Value> parameter(Parameter parameter, String name) {
        Optional<ValueType> type = attempt(() -> {
            if (TypeReader.read(parameter.type()) instanceof ValueType.Indices indices) {
                return indices;
            }
            throw new SyntaxException(
                    GraphMessages.parameterType(parameter.type().span(), name));
        });
        return attempt(() -> values.define(parameter.value(), type)).flatMap(value -> value);
    }

    private Optional<Node> node(Definition definition) {
        Optional<ValueType> declared = definition.type().flatMap(type -> attempt(() -> TypeReader.read(type)));
        boolean typed = declared.isPresent() || definition.type().isEmpty();
        Optional<Op> op = typed ? attempt(() -> operation(definition, declared)) : Optional.empty();
        Optional<ValueType> type = declared.or(() -> op.map(ResultTypes::of));
        return attempt(() -> values.define(definition.value(), type))
                .flatMap(value -> value)
                .flatMap(value -> op.map(operation -> new Node(value, operation)));
    }

    private Op operation(Definition definition, Optional<ValueType> declared) {
        Call call = definition.call();
        CallReader reader = new CallReader(call, values);
        try {
            Op op = reader.operation().equals(OpReader.WEIGHT)
                    ? weight(reader, definition, declared)
                    : OpReader.read(reader);
            checkType(definition, ResultTypes.of(op), declared);
            if (op instanceof Op.KvWrite write) {
                checkSlot(write.slot(), call.span());
            }
            return op;
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(GraphMessages.doesNotFit(call.span(), e));
        }
    }

    private static Op weight(CallReader call, Definition definition, Optional<ValueType> declared) {
        call.arguments("name").attributes();
        String name = call.text(0);
        if (declared.isEmpty()) {
            throw new SyntaxException(GraphMessages.weightWithoutType(call.span()));
        }
        if (declared.get() instanceof ValueType.Weights weights) {
            return new Op.Weight(name, weights);
        }
        SourceSpan span = definition.type().map(TypeText::span).orElse(call.span());
        throw new SyntaxException(GraphMessages.notA(span, "the type of a weight, such as `f32[64, 32]`"));
    }

    private static void checkType(Definition definition, ValueType made, Optional<ValueType> declared) {
        definition.type().map(TypeText::span).ifPresent(span -> {
            if (!made.equals(declared.orElseThrow())) {
                throw new SyntaxException(GraphMessages.wrongType(
                        span,
                        definition.value().text(),
                        made.toString(),
                        declared.get().toString()));
            }
        });
    }

    private void checkSlot(int slot, SourceSpan span) {
        SourceSpan first = slots.putIfAbsent(slot, span);
        if (first != null) {
            throw new SyntaxException(GraphMessages.slotWrittenTwice(span, slot, first));
        }
    }

    private Value logits() {
        Value value = values.get(tree.result());
        if (value.type() instanceof ValueType.Activations) {
            return value;
        }
        throw new SyntaxException(GraphMessages.notLogits(
                tree.result().span(), tree.result().text(), value.type().toString()));
    }

    /// What `reading` gives; empty if something is wrong, which is reported here or has been before.
    private <T> Optional<T> attempt(Supplier<? extends T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (SyntaxException e) {
            diagnostics.report(e.diagnostic());
            return Optional.empty();
        } catch (Values.BrokenException e) {
            return Optional.empty();
        }
    }
}
