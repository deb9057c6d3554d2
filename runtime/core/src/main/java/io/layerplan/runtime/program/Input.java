package io.layerplan.runtime.program;

import java.util.Optional;

/// What a matrix product reads: rows of `x`, normalised on the way in where there is a norm.
public record Input(View x, Optional<InputNorm> norm) {
    /// `gain ⊙ x / √(mean(x²) + epsilon)` over a whole row.
    ///
    /// @param gain a weight's id
    public record InputNorm(int gain, float epsilon) {}

    public static Input plain(View x) {
        return new Input(x, Optional.empty());
    }
}
