package io.layerplan.runtime.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;

/// Arrays that one worker reuses from call to call; their contents are left over from the last use.
public final class Scratch {
    /// What an array is for. Two uses at the same time are two constants.
    public enum Use {
        /// Rows on their way into a product: normalised activations.
        INPUT,
        /// The result of a product before its epilogue.
        RESULT,
        /// The second result of a gated product.
        GATE,
        /// Decoded rows of a weight.
        WEIGHT,
        /// Rows of a weight on their way there.
        ROWS,
        /// Sums of a tile of products.
        TILE,
        /// Keys or values of a block, decoded.
        KEYS_AND_VALUES,
        /// Attention scores.
        SCORES,
        /// Attention results before they are divided by the sum of their weights.
        WEIGHTED_VALUES,
        /// What a product of one token keeps beside registers: lanes on their way to a sum, scales.
        LANES
    }

    private final EnumMap<Use, float[]> arrays = new EnumMap<>(Use.class);
    private final EnumMap<Use, MemorySegment> segments = new EnumMap<>(Use.class);

    /// An array of at least `size` elements.
    public float[] floats(Use use, int size) {
        float[] array = arrays.get(use);
        if (array == null || array.length < size) {
            array = new float[size];
            arrays.put(use, array);
        }
        return array;
    }

    /// Native memory of at least `bytes` bytes, aligned to a line of the cache.
    public MemorySegment segment(Use use, long bytes) {
        MemorySegment segment = segments.get(use);
        if (segment == null || segment.byteSize() < bytes) {
            segment = Arena.ofAuto().allocate(bytes, 64);
            segments.put(use, segment);
        }
        return segment;
    }

    /// Bytes held.
    public long bytes() {
        return arrays.values().stream().mapToLong(array -> 4L * array.length).sum()
                + segments.values().stream().mapToLong(MemorySegment::byteSize).sum();
    }
}
