package io.layerplan.compiler.model;

import io.layerplan.runtime.program.Heads;

/// The traits of one layer. They belong to the layer, not to the place where a plan runs it.
///
/// @param heads            heads of queries and of keys and values, their size, and the scale of the products
/// @param window           a position sees itself and the `window - 1` positions before it; 0 is all of them
/// @param feedForwardWidth rows of the gate and up projections
public record LayerSpec(Heads heads, int window, RopeSpec rope, int feedForwardWidth) {
    public LayerSpec {
        if (window < 0 || feedForwardWidth < 1 || rope.dimensions() > heads.size()) {
            throw new IllegalArgumentException("window %d, feed-forward of %d, %d of %d dimensions turned"
                    .formatted(window, feedForwardWidth, rope.dimensions(), heads.size()));
        }
    }

    /// Elements of a token's queries: query heads x head size.
    public int queryWidth() {
        return heads.queries() * heads.size();
    }

    /// Elements of a token's keys, and of its values: key/value heads x head size.
    public int keyValueWidth() {
        return heads.keyValues() * heads.size();
    }
}
