package io.layerplan.runtime.tokenizer;

import java.util.Arrays;

/// A binary heap of pairs, the lowest rank on top, of equal ranks the leftmost.
final class PairHeap {
    /// The rank in the high half, the left symbol in the low half.
    private long[] keys = new long[64];

    private int[] ends = new int[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /// The left symbol of the pair on top.
    int left() {
        return (int) keys[0];
    }

    /// Where the pair on top ended when it was pushed.
    int end() {
        return ends[0];
    }

    void push(int rank, int left, int end) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        long key = ((long) rank << 32) | left;
        int at = size;
        size++;
        while (at > 0 && key < keys[(at - 1) >> 1]) {
            move((at - 1) >> 1, at);
            at = (at - 1) >> 1;
        }
        keys[at] = key;
        ends[at] = end;
    }

    void pop() {
        size--;
        long key = keys[size];
        int end = ends[size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (key <= keys[child]) {
                break;
            }
            move(child, at);
            at = child;
        }
        keys[at] = key;
        ends[at] = end;
    }

    private void move(int from, int to) {
        keys[to] = keys[from];
        ends[to] = ends[from];
    }
}
