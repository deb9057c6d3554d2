package io.layerplan.runtime.generate;

import java.util.Arrays;

/// The best of many logits, by a heap of the best so far.
final class TopLogits {
    private TopLogits() {}

    /// The ids of the `count` highest logits, the highest first, of equal ones the lowest id.
    static int[] of(float[] logits, int count) {
        int size = Math.min(count, logits.length);
        if (size == 0) {
            return new int[0];
        }
        long[] heap = new long[size];
        for (int id = 0; id < size; id++) {
            heap[id] = key(logits[id], id);
        }
        Arrays.sort(heap);
        for (int id = size; id < logits.length; id++) {
            long key = key(logits[id], id);
            if (key > heap[0]) {
                replaceLowest(heap, key);
            }
        }
        Arrays.sort(heap);
        int[] ids = new int[size];
        for (int i = 0; i < size; i++) {
            ids[i] = id(heap[size - 1 - i]);
        }
        return ids;
    }

    /// In the order of the logits, lower ids above higher ones. The bits of floats are in the order of the floats once
    /// those of negative ones are turned.
    static long key(float logit, int id) {
        int bits = Float.floatToIntBits(logit + 0f);
        int ordered = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
        return ((long) ordered << Integer.SIZE) | Integer.toUnsignedLong(~id);
    }

    /// The id that a key is of.
    static int id(long key) {
        return ~(int) key;
    }

    private static void replaceLowest(long[] heap, long key) {
        int at = 0;
        for (int child = 1; child < heap.length; child = 2 * at + 1) {
            if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
                child++;
            }
            if (key <= heap[child]) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = key;
    }
}
