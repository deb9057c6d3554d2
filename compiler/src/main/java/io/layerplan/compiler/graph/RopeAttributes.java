package io.layerplan.compiler.graph;

import io.layerplan.runtime.program.Rope.Pairing;

/// The constants of a [Op.Rotate]: those of [io.layerplan.runtime.program.Rope], whose formula it is, with the size of
/// a head.
public record RopeAttributes(Pairing pairing, int dimensions, double base, double scale, int headSize) {
    public RopeAttributes {
        if (dimensions < 2 || dimensions % 2 != 0 || dimensions > headSize) {
            throw new IllegalArgumentException("%d of %d dimensions turned".formatted(dimensions, headSize));
        }
        if (!(base > 0) || !(scale > 0)) {
            throw new IllegalArgumentException("rope of base %s, scale %s".formatted(base, scale));
        }
    }
}
