package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.graph.ValueType.Cache;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.WeightReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lowers a graph to a program: gives weights, slots and buffers their numbers, turns each node into a kernel, and puts
/// the kernels into launches.
public final class Lowering {
    private final List<WeightReference> weights = new ArrayList<>();
    private final List<KvSlot> slots = new ArrayList<>();
    private final Graph graph;
    private final List<List<Node>> groups;
    private final Map<Value, Target> targets;
    private final BufferPlan buffers;
    private final Operands operands;

    private Lowering(Graph graph, List<List<Node>> groups, Map<Value, Target> targets) {
        this.graph = graph;
        this.groups = groups;
        this.targets = targets;
        this.buffers = BufferPlan.of(graph, groups, targets.keySet());
        this.operands = new Operands(buffers);
    }

    /// Operation by operation, a launch for each, in the order in which [#fused] would run them.
    ///
    /// @param vocabulary number of tokens
    /// @param context    the most positions the model was made for
    public static Program unfused(Graph graph, NumericMode mode, int vocabulary, int context) {
        return new Lowering(graph, LaunchOrder.oneByOne(graph), Map.of()).run(mode, vocabulary, context);
    }

    /// Independent operations in one launch, keys and values written to their slots by the projections that make them.
    public static Program fused(Graph graph, NumericMode mode, int vocabulary, int context) {
        return new Lowering(graph, LaunchOrder.grouped(graph), CacheTargets.of(graph)).run(mode, vocabulary, context);
    }

    private Program run(NumericMode mode, int vocabulary, int context) {
        graph.nodes().forEach(this::number);
        List<Launch> launches = groups.stream()
                .map(nodes -> nodes.stream()
                        .map(this::kernel)
                        .flatMap(Optional::stream)
                        .toList())
                .filter(jobs -> !jobs.isEmpty())
                .map(Launch::new)
                .toList();
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

    /// Weights and slots are numbered in the order of the graph, whatever the launches' order.
    private void number(Node node) {
        if (node.op() instanceof Op.Weight(var name, var type)) {
            operands.number(node.result(), weights.size());
            weights.add(new WeightReference(weights.size(), name, type.element(), type.rows(), type.columns()));
        }
        if (node.op() instanceof Op.KvWrite write) {
            operands.number(node.result(), slots.size());
            slots.add(new KvSlot(
                    slots.size(), write.layer(), ((Cache) node.result().type()).width(), write.window()));
        }
    }

    /// The kernel that computes the node's result; none where there is nothing to compute.
    private Optional<Kernel> kernel(Node node) {
        Value result = node.result();
        return switch (node.op()) {
            case Op.Weight _ -> Optional.empty();
            case Op.Embed(var _, var table, var scale) ->
                Optional.of(new Kernel.Embed(operands.id(table), scale, buffers.view(result)));
            case Op.Norm(var x, var gain, var epsilon, var groups) ->
                Optional.of(new Kernel.Norm(buffers.view(x), operands.id(gain), epsilon, groups, buffers.view(result)));
            case Op.MatMul(var x, var w, var bias, var heads) ->
                Optional.of(new Kernel.MatMul(
                        operands.input(x),
                        operands.id(w),
                        operands.id(bias),
                        operands.epilogue(heads, result),
                        target(result)));
            case Op.GatedMatMul(var x, var gate, var up, var activation) ->
                Optional.of(new Kernel.GatedMatMul(
                        operands.input(x), operands.id(gate), operands.id(up), activation, buffers.view(result)));
            case Op.AddBias(var x, var bias) ->
                Optional.of(new Kernel.Bias(buffers.view(x), operands.id(bias), buffers.view(result)));
            case Op.Rotate(var x, var _, var factors, var rope) ->
                Optional.of(new Kernel.Rotate(
                        buffers.view(x), operands.rope(rope, factors), rope.headSize(), buffers.view(result)));
            case Op.KvWrite(var keys, var values, var _, var _, var _) ->
                targets.containsKey(keys)
                        ? Optional.empty()
                        : Optional.of(
                                new Kernel.KvWrite(buffers.view(keys), buffers.view(values), operands.id(result)));
            case Op.Attention(var queries, var cache, var heads) ->
                Optional.of(
                        new Kernel.Attention(buffers.view(queries), operands.id(cache), heads, buffers.view(result)));
            case Op.Activate(var x, var activation) ->
                Optional.of(new Kernel.Activate(buffers.view(x), activation, buffers.view(result)));
            case Op.Multiply(var a, var b) ->
                Optional.of(new Kernel.Multiply(buffers.view(a), buffers.view(b), buffers.view(result)));
            case Op.Sum(var terms) ->
                Optional.of(new Kernel.Sum(terms.stream().map(operands::term).toList(), buffers.view(result)));
            case Op.SelectOutputs(var x) ->
                Optional.of(new Kernel.SelectOutputs(buffers.view(x), buffers.view(result)));
        };
    }

    private Target target(Value result) {
        Target slot = targets.get(result);
        return slot != null ? slot : new Target.Activations(buffers.view(result));
    }
}
