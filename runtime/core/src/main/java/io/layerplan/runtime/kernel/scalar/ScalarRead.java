package io.layerplan.runtime.kernel.scalar;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A plain read of memory.
public final class ScalarRead {
    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ScalarRead() {}

    /// The sum of the 32-bit words of `bytes` bytes, modulo 2³².
    public static int sum(MemorySegment words, long from, long bytes) {
        int sum = 0;
        for (long at = from; at < from + bytes; at += Integer.BYTES) {
            sum += words.get(WORD, at);
        }
        return sum;
    }
}
