package io.layerplan.compiler.graph;

import io.layerplan.compiler.model.LayerSpec;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.model.WeightNames;
import io.layerplan.runtime.program.Heads;
import java.util.Optional;

/// The two halves of a decoder layer, `A_i` and `F_i` of the language reference: what each adds to the stream. The model's
/// traits decide which operations there are; no class knows a family.
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
        Value normed = norm(x, WeightNames.attentionNorm(layer));
        Value queries = project(normed, WeightNames.queries(layer), WeightNames.queriesBias(layer));
        Value keys = project(normed, WeightNames.keys(layer), WeightNames.keysBias(layer));
        Value values = project(normed, WeightNames.values(layer), WeightNames.valuesBias(layer));
        queries = headNorm(queries, WeightNames.queriesNorm(layer), heads.queries());
        keys = headNorm(keys, WeightNames.keysNorm(layer), heads.keyValues());
        queries = rotate(queries, spec);
        keys = rotate(keys, spec);
        Value cache = graph.add(new Op.KvWrite(keys, values, graph.nextSlot(), layer, spec.window()));
        Value mixed = graph.add(new Op.Attention(queries, cache, heads));
        Value output = project(mixed, WeightNames.attentionOutput(layer), WeightNames.attentionOutputBias(layer));
        return postNorm(output, WeightNames.postAttentionNorm(layer));
    }

    /// `F_i(x)`: norm, gated feed-forward, and the norm after it in sandwich-norm models.
    Value feedForward(int layer, Value x) {
        Value normed = norm(x, WeightNames.feedForwardNorm(layer));
        Value gate = graph.add(Op.MatMul.plain(normed, graph.weight(WeightNames.gate(layer))));
        Value up = graph.add(Op.MatMul.plain(normed, graph.weight(WeightNames.up(layer))));
        Value gated = graph.add(new Op.Multiply(graph.add(new Op.Activate(gate, model.activation())), up));
        Value down = graph.add(Op.MatMul.plain(gated, graph.weight(WeightNames.down(layer))));
        return postNorm(down, WeightNames.postFeedForwardNorm(layer));
    }

    Value norm(Value x, String gain) {
        return graph.add(new Op.Norm(x, graph.weight(gain), model.normEpsilon(), 1));
    }

    private Value postNorm(Value x, String gain) {
        return model.sandwichNorms() ? norm(x, gain) : x;
    }

    private Value headNorm(Value x, String gain, int heads) {
        return model.headNorms() ? graph.add(new Op.Norm(x, graph.weight(gain), model.normEpsilon(), heads)) : x;
    }

    private Value project(Value x, String weight, String bias) {
        Value product = graph.add(Op.MatMul.plain(x, graph.weight(weight)));
        return graph.optionalWeight(bias)
                .map(vector -> graph.add(new Op.AddBias(product, vector)))
                .orElse(product);
    }

    private Value rotate(Value x, LayerSpec spec) {
        Optional<Value> factors = spec.rope().factors().map(graph::weight);
        RopeAttributes rope = new RopeAttributes(
                spec.rope().pairing(),
                spec.rope().dimensions(),
                spec.rope().base(),
                spec.rope().scale(),
                spec.heads().size());
        return graph.add(new Op.Rotate(x, positions, factors, rope));
    }
}
