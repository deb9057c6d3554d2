package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.RopeAttributes;
import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.graph.ValueType.Cache;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.program.WeightReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lowers a graph node by node: one launch with one job for each operation.
public final class Lowering {
    private final List<WeightReference> weights = new ArrayList<>();
    private final Map<Value, Integer> weightIds = new HashMap<>();
    private final List<KvSlot> slots = new ArrayList<>();
    private final Map<Value, Integer> slotIds = new HashMap<>();
    private final List<Launch> launches = new ArrayList<>();
    private final BufferPlan buffers = new BufferPlan();

    private Lowering() {}

    /// @param vocabulary number of tokens
    /// @param context    the most positions the model was made for
    public static Program lower(Graph graph, NumericMode mode, int vocabulary, int context) {
        return new Lowering().run(graph, mode, vocabulary, context);
    }

    private Program run(Graph graph, NumericMode mode, int vocabulary, int context) {
        Map<Value, Integer> lastUses = lastUses(graph);
        List<Node> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            kernel(node).ifPresent(kernel -> launches.add(new Launch(List.of(kernel))));
            for (Value operand : node.op().operands()) {
                if (lastUses.get(operand) == i) {
                    buffers.release(operand);
                }
            }
        }
        return new Program(
                graph.name(),
                mode,
                vocabulary,
                context,
                weights,
                buffers.buffers(),
                slots,
                launches,
                buffers.view(graph.logits()));
    }

    private static Map<Value, Integer> lastUses(Graph graph) {
        Map<Value, Integer> uses = new HashMap<>();
        List<Node> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            for (Value operand : nodes.get(i).op().operands()) {
                uses.put(operand, i);
            }
        }
        uses.put(graph.logits(), nodes.size());
        return uses;
    }

    /// The kernel that computes the node's result; none for a weight.
    private Optional<Kernel> kernel(Node node) {
        Value result = node.result();
        return switch (node.op()) {
            case Op.Weight(var name, var type) -> {
                weightIds.put(result, weights.size());
                weights.add(new WeightReference(weights.size(), name, type.element(), type.rows(), type.columns()));
                yield Optional.empty();
            }
            case Op.Embed(var _, var table, var scale) ->
                Optional.of(new Kernel.Embed(weight(table), scale, buffers.allocate(result)));
            case Op.Norm(var x, var gain, var epsilon, var groups) ->
                Optional.of(new Kernel.Norm(view(x), weight(gain), epsilon, groups, buffers.allocate(result)));
            case Op.MatMul(var x, var w, var bias, var heads) ->
                Optional.of(new Kernel.MatMul(
                        input(x), weight(w), optionalWeight(bias), epilogue(heads, result), target(result)));
            case Op.GatedMatMul(var x, var gate, var up, var activation) ->
                Optional.of(new Kernel.GatedMatMul(
                        input(x), weight(gate), weight(up), activation, buffers.allocate(result)));
            case Op.AddBias(var x, var bias) ->
                Optional.of(new Kernel.Bias(view(x), weight(bias), buffers.allocate(result)));
            case Op.Rotate(var x, var _, var factors, var rope) ->
                Optional.of(new Kernel.Rotate(
                        view(x), rope(rope, factors), rope.headSize(), buffers.allocate(result)));
            case Op.KvWrite(var keys, var values, var _, var layer, var window) -> {
                slotIds.put(result, slots.size());
                slots.add(new KvSlot(slots.size(), layer, ((Cache) result.type()).width(), window));
                yield Optional.of(new Kernel.KvWrite(view(keys), view(values), slotIds.get(result)));
            }
            case Op.Attention(var queries, var cache, var heads) ->
                Optional.of(new Kernel.Attention(
                        view(queries), slotIds.get(cache), heads, buffers.allocate(result)));
            case Op.Activate(var x, var activation) ->
                Optional.of(new Kernel.Activate(view(x), activation, buffers.allocate(result)));
            case Op.Multiply(var a, var b) ->
                Optional.of(new Kernel.Multiply(view(a), view(b), buffers.allocate(result)));
            case Op.Sum(var terms) ->
                Optional.of(new Kernel.Sum(terms.stream().map(this::term).toList(), buffers.allocate(result)));
            case Op.SelectOutputs(var x) -> Optional.of(new Kernel.SelectOutputs(view(x), buffers.allocate(result)));
        };
    }

    private Rope rope(RopeAttributes rope, Optional<Value> factors) {
        return new Rope(
                rope.pairing(),
                rope.dimensions(),
                rope.base(),
                rope.scale(),
                factors.map(this::weight).orElse(-1));
    }

    private int weight(Value value) {
        return weightIds.get(value);
    }

    private View view(Value value) {
        return buffers.view(value);
    }
}
