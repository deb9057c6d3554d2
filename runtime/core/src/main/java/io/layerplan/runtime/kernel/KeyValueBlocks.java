package io.layerplan.runtime.kernel;

import java.util.ArrayList;
import java.util.List;

/// The keys and values of one slot, in blocks of [#POSITIONS] positions that are added as the sequence grows.
///
/// The layout serves products of many queries with many positions: in a block, the keys of a head lie
/// `[element][position]` and its values `[position][element]`, elements padded with zeros to a multiple of 16.
public final class KeyValueBlocks {
    /// Positions of a block.
    public static final int POSITIONS = 64;

    private static final int PADDING = 16;

    private final int heads;
    private final int headSize;
    private final List<float[]> keys = new ArrayList<>();
    private final List<float[]> values = new ArrayList<>();

    public KeyValueBlocks(int heads, int headSize) {
        this.heads = heads;
        this.headSize = headSize;
    }

    /// Bytes that `positions` positions take.
    public static long bytes(int heads, int headSize, long positions) {
        long blocks = Math.ceilDiv(positions, (long) POSITIONS);
        return blocks * POSITIONS * heads * ((long) headSize + padded(headSize)) * Float.BYTES;
    }

    private static int padded(int size) {
        return Math.ceilDiv(size, PADDING) * PADDING;
    }

    public int heads() {
        return heads;
    }

    public int headSize() {
        return headSize;
    }

    /// Elements from one position's values to the next.
    public int valueStride() {
        return padded(headSize);
    }

    /// Makes room for `positions` positions.
    public void reserve(int positions) {
        while (keys.size() * POSITIONS < positions) {
            keys.add(new float[Math.multiplyExact(heads * headSize, POSITIONS)]);
            values.add(new float[Math.multiplyExact(heads * padded(headSize), POSITIONS)]);
        }
    }

    /// The keys of block `block`: head `h` from [#keyOffset], element after element, [#POSITIONS] positions each.
    public float[] keys(int block) {
        return keys.get(block);
    }

    /// The values of block `block`: head `h` from [#valueOffset], position after position, [#valueStride] apart.
    public float[] values(int block) {
        return values.get(block);
    }

    public int keyOffset(int head) {
        return head * headSize * POSITIONS;
    }

    public int valueOffset(int head) {
        return head * valueStride() * POSITIONS;
    }

    /// Stores `count` elements of a position's keys, the first of them number `from` of the row of all heads.
    public void writeKeys(int position, int from, int count, float[] x, int xOffset) {
        float[] block = keys(position / POSITIONS);
        int column = position % POSITIONS;
        for (int i = 0; i < count; i++) {
            block[(from + i) * POSITIONS + column] = x[xOffset + i];
        }
    }

    /// Stores `count` elements of a position's values, the first of them number `from` of the row of all heads.
    public void writeValues(int position, int from, int count, float[] x, int xOffset) {
        float[] block = values(position / POSITIONS);
        int stride = valueStride();
        for (int i = 0; i < count; ) {
            int head = (from + i) / headSize;
            int element = (from + i) % headSize;
            int run = Math.min(headSize - element, count - i);
            int at = valueOffset(head) + position % POSITIONS * stride + element;
            System.arraycopy(x, xOffset + i, block, at, run);
            i += run;
        }
    }
}
