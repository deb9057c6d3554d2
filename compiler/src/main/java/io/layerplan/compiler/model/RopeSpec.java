package io.layerplan.compiler.model;

import io.layerplan.runtime.program.Rope;
import java.util.Optional;

/// The rotary position embedding of a layer, as [Rope] defines it.
///
/// @param scale   positions are divided by it
/// @param factors the weight that holds the `dimensions / 2` frequency divisors, where the model has one
public record RopeSpec(Rope.Pairing pairing, int dimensions, double base, double scale, Optional<String> factors) {
    public RopeSpec {
        if (dimensions < 2 || dimensions % 2 != 0 || !(base > 0) || !(scale > 0)) {
            throw new IllegalArgumentException(
                    "rope of %d dimensions, base %s, scale %s".formatted(dimensions, base, scale));
        }
    }
}
