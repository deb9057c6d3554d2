package io.layerplan.runtime.gguf;

/// Tensors begin at multiples of a number that a file may choose.
final class Alignment {
    private static final String KEY = "general.alignment";
    private static final int DEFAULT = 32;
    private static final int LARGEST = 1 << 20;

    private Alignment() {}

    static int of(Metadata metadata) {
        long alignment = metadata.integer(KEY).orElse(DEFAULT);
        if (Long.bitCount(alignment) != 1 || alignment < Integer.BYTES || alignment > LARGEST) {
            throw metadata.refuse(KEY, "is %d, expected a power of two from 4 to %d".formatted(alignment, LARGEST));
        }
        return (int) alignment;
    }

    /// The smallest multiple of `alignment` that is not below `offset`.
    static long up(long offset, int alignment) {
        return Math.ceilDiv(offset, (long) alignment) * alignment;
    }
}
