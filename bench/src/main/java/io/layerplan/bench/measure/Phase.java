package io.layerplan.bench.measure;

/// What is timed.
public sealed interface Phase {
    /// `tokens` of a prompt at once, with the logits of the last.
    record Prefill(int tokens) implements Phase {}

    /// Token by token, after `context` tokens.
    record Decode(int context, int tokens) implements Phase {}
}
