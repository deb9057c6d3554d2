package io.layerplan.runtime.generate;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The last tokens of a sequence.
final class RecentTokens {
    private final int[] ring;
    private long count;

    RecentTokens(int window) {
        ring = new int[window];
    }

    void add(int token) {
        if (ring.length > 0) {
            ring[(int) (count % ring.length)] = token;
            count++;
        }
    }

    /// Each once.
    IntStream distinct() {
        return Arrays.stream(ring, 0, (int) Math.min(count, ring.length)).distinct();
    }
}
