package io.layerplan.compiler.model;

/// Where the norms of a layer's two halves stand.
public enum NormPlacement {
    /// Before attention and before the feed-forward.
    PRE,
    /// Before, and once more after each half, on what it adds to the stream (Gemma 2 and 3).
    SANDWICH
}
