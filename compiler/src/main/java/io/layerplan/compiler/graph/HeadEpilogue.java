package io.layerplan.compiler.graph;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// What happens to each head of a projection's result before it is stored: first the norm, then the rotation.
public record HeadEpilogue(Optional<HeadNorm> norm, Optional<HeadRotation> rotation) {
    public static final HeadEpilogue NONE = new HeadEpilogue(Optional.empty(), Optional.empty());

    /// An RMS norm of each of `groups` heads with one gain for all of them.
    public record HeadNorm(Value gain, float epsilon, int groups) {}

    /// Rotary position embedding of each head.
    public record HeadRotation(Value positions, Optional<Value> factors, RopeAttributes rope) {}

    public boolean isNone() {
        return norm.isEmpty() && rotation.isEmpty();
    }

    HeadEpilogue map(UnaryOperator<Value> f) {
        return new HeadEpilogue(
                norm.map(n -> new HeadNorm(f.apply(n.gain()), n.epsilon(), n.groups())),
                rotation.map(r ->
                        new HeadRotation(f.apply(r.positions()), r.factors().map(f), r.rope())));
    }
}
