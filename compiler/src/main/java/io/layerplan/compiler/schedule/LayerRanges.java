package io.layerplan.compiler.schedule;

import java.util.BitSet;

/// A set of layers for people: `4..9, 17`.
public final class LayerRanges {
    private LayerRanges() {}

    public static String of(BitSet layers) {
        var text = new StringBuilder();
        for (int first = layers.nextSetBit(0); first >= 0; ) {
            int end = layers.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ", ").append(first);
            if (end - first > 1) {
                text.append("..").append(end - 1);
            }
            first = layers.nextSetBit(end);
        }
        return text.toString();
    }

    /// `layer 17` or `layers 4..9, 17`.
    static String named(BitSet layers) {
        return (layers.cardinality() == 1 ? "layer " : "layers ") + of(layers);
    }
}
