package io.layerplan.compiler.model;

import java.util.LinkedHashMap;
import java.util.Map;

/// Which weights a model of some traits has, and their shapes.
public final class WeightShapes {
    private final ModelSpec spec;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();

    /// @param rows outputs
    /// @param columns inputs
    public record Shape(int rows, int columns) {}

    private WeightShapes(ModelSpec spec) {
        this.spec = spec;
    }

    /// Every weight by name, from the embedding through the layers to the head.
    public static Map<String, Shape> of(ModelSpec spec) {
        WeightShapes weights = new WeightShapes(spec);
        weights.matrix(WeightNames.tokenEmbedding(), spec.vocabulary(), spec.width());
        for (int layer = 0; layer < spec.layers().size(); layer++) {
            weights.attention(layer, spec.layer(layer));
            weights.feedForward(layer, spec.layer(layer));
        }
        weights.vector(WeightNames.outputNorm(), spec.width());
        weights.matrix(WeightNames.outputHead(spec), spec.vocabulary(), spec.width());
        return weights.shapes;
    }

    private void attention(int layer, LayerSpec traits) {
        vector(WeightNames.attnNorm(layer), spec.width());
        matrix(WeightNames.attnQ(layer), traits.queryWidth(), spec.width());
        matrix(WeightNames.attnK(layer), traits.keyValueWidth(), spec.width());
        matrix(WeightNames.attnV(layer), traits.keyValueWidth(), spec.width());
        if (spec.qkvBias()) {
            vector(WeightNames.attnQBias(layer), traits.queryWidth());
            vector(WeightNames.attnKBias(layer), traits.keyValueWidth());
            vector(WeightNames.attnVBias(layer), traits.keyValueWidth());
        }
        if (spec.queryKeyNorm()) {
            vector(WeightNames.attnQNorm(layer), traits.heads().size());
            vector(WeightNames.attnKNorm(layer), traits.heads().size());
        }
        RopeSpec rope = traits.rope();
        rope.factors().ifPresent(name -> vector(name, rope.dimensions() / 2));
        matrix(WeightNames.attnOutput(layer), spec.width(), traits.queryWidth());
        if (spec.outputBias()) {
            vector(WeightNames.attnOutputBias(layer), spec.width());
        }
        if (spec.normPlacement() == NormPlacement.SANDWICH) {
            vector(WeightNames.attnPostNorm(layer), spec.width());
        }
    }

    private void feedForward(int layer, LayerSpec traits) {
        vector(WeightNames.ffnNorm(layer), spec.width());
        matrix(WeightNames.ffnGate(layer), traits.feedForwardWidth(), spec.width());
        matrix(WeightNames.ffnUp(layer), traits.feedForwardWidth(), spec.width());
        matrix(WeightNames.ffnDown(layer), spec.width(), traits.feedForwardWidth());
        if (spec.normPlacement() == NormPlacement.SANDWICH) {
            vector(WeightNames.ffnPostNorm(layer), spec.width());
        }
    }

    private void matrix(String name, int rows, int columns) {
        shapes.put(name, new Shape(rows, columns));
    }

    private void vector(String name, int columns) {
        matrix(name, 1, columns);
    }
}
