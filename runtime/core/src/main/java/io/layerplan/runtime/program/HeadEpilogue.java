package io.layerplan.runtime.program;

import java.util.Optional;

/// What happens to each head of a projection's result before it is stored: first the norm, then the rotation.
///
/// @param headSize elements of a head; a divisor of the result's width
/// @param norm     an RMS norm of each head, with one gain for all of them
/// @param rope     its rotation by the row's position
public record HeadEpilogue(int headSize, Optional<HeadNorm> norm, Optional<Rope> rope) {
    /// @param gain a weight's id
    public record HeadNorm(int gain, float epsilon) {}
}
