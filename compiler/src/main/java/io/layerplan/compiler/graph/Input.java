package io.layerplan.compiler.graph;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// What a matrix product reads: a value as it is, or normalised on the way in, so that the norm makes no pass of its
/// own.
///
/// @param x       the activations
/// @param norm    the RMS norm applied to each row, if any
/// @param outputs whether only the rows of the tokens whose logits were asked for are read
public record Input(Value x, Optional<InputNorm> norm, boolean outputs) {
    /// An RMS norm over a whole row: `gain ⊙ x / √(mean(x²) + epsilon)`.
    public record InputNorm(Value gain, float epsilon) {}

    public static Input plain(Value x) {
        return new Input(x, Optional.empty(), false);
    }

    public boolean isPlain() {
        return norm.isEmpty() && !outputs;
    }

    Input map(UnaryOperator<Value> f) {
        return new Input(f.apply(x), norm.map(n -> new InputNorm(f.apply(n.gain()), n.epsilon())), outputs);
    }
}
