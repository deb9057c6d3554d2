package io.layerplan.compiler.graph;

import io.layerplan.compiler.model.LayerSpec;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.model.RopeSpec;
import io.layerplan.compiler.model.WeightNames;
import io.layerplan.runtime.program.Heads;

/// The two halves of a decoder layer, `A_i` and `F_i` of the language reference: what each adds to the stream. The
/// model's traits decide which operations there are; no class knows a family.
final class LayerBuilder {
    private final ModelSpec model;
    private final GraphWriter graph;
    private final Value positions;

    LayerBuilder(ModelSpec model, GraphWriter graph, Value positions) {
        this.model = model;
        this.graph = graph;
        this.positions = positions;
    }

    /// `A_i(x)`: norm, attention, output projection, and the norm after it in sandwich-norm models. Every call is an
    /// occurrence with keys and values of its own.
    Value attention(int layer, Value x) {
        LayerSpec spec = model.layer(layer);
        Heads heads = spec.heads();
        boolean biased = model.qkvBias();
        Value normed = norm(x, WeightNames.attnNorm(layer));
        Value queries = project(normed, WeightNames.attnQ(layer), biased, WeightNames.attnQBias(layer));
        Value keys = project(normed, WeightNames.attnK(layer), biased, WeightNames.attnKBias(layer));
        Value values = project(normed, WeightNames.attnV(layer), biased, WeightNames.attnVBias(layer));
        queries = rotate(headNorm(queries, WeightNames.attnQNorm(layer), heads.queries()), spec);
        keys = rotate(headNorm(keys, WeightNames.attnKNorm(layer), heads.keyValues()), spec);
        Value cache = graph.add(new Op.KvWrite(keys, values, graph.nextSlot(), layer, spec.window()));
        Value mixed = graph.add(new Op.Attention(queries, cache, heads));
        Value output =
                project(mixed, WeightNames.attnOutput(layer), model.outputBias(), WeightNames.attnOutputBias(layer));
        return postNorm(output, WeightNames.attnPostNorm(layer));
    }

    /// `F_i(x)`: norm, gated feed-forward, and the norm after it in sandwich-norm models.
    Value feedForward(int layer, Value x) {
        Value normed = norm(x, WeightNames.ffnNorm(layer));
        Value gate = graph.add(Op.MatMul.plain(normed, graph.weight(WeightNames.ffnGate(layer))));
        Value up = graph.add(Op.MatMul.plain(normed, graph.weight(WeightNames.ffnUp(layer))));
        Value gated = graph.add(new Op.Multiply(graph.add(new Op.Activate(gate, model.activation())), up));
        Value down = graph.add(Op.MatMul.plain(gated, graph.weight(WeightNames.ffnDown(layer))));
        return postNorm(down, WeightNames.ffnPostNorm(layer));
    }

    Value norm(Value x, String gain) {
        return graph.add(new Op.Norm(x, graph.weight(gain), model.normEpsilon(), 1));
    }

    private Value postNorm(Value x, String gain) {
        return switch (model.normPlacement()) {
            case PRE -> x;
            case SANDWICH -> norm(x, gain);
        };
    }

    private Value headNorm(Value x, String gain, int heads) {
        return model.queryKeyNorm() ? graph.add(new Op.Norm(x, graph.weight(gain), model.normEpsilon(), heads)) : x;
    }

    private Value project(Value x, String weight, boolean biased, String bias) {
        Value product = graph.add(Op.MatMul.plain(x, graph.weight(weight)));
        return biased ? graph.add(new Op.AddBias(product, graph.weight(bias))) : product;
    }

    private Value rotate(Value x, LayerSpec spec) {
        RopeSpec rope = spec.rope();
        return graph.add(new Op.Rotate(
                x,
                positions,
                rope.factors().map(graph::weight),
                new RopeAttributes(
                        rope.pairing(),
                        rope.dimensions(),
                        rope.base(),
                        rope.scale(),
                        spec.heads().size())));
    }
}
