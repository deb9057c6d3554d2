package io.layerplan.runtime.kernel;

import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.program.KeyValueFormat;
import java.util.ArrayList;
import java.util.List;

/// The keys and values of one slot, in blocks of [#POSITIONS] positions that are added as the sequence grows.
///
/// The layout serves products of many queries with many positions: in a block, the keys of a head lie
/// `[element][position]` and its values `[position][element]`, elements padded with zeros to a multiple of 16. What is
/// stored as F16 is decoded, a head of a block at a time, when it is read.
public final class KeyValueBlocks {
    /// Positions of a block.
    public static final int POSITIONS = 64;

    private static final int PADDING = 16;

    private final int heads;
    private final int headSize;
    private final KeyValueFormat format;
    private final List<float[]> keys = new ArrayList<>();
    private final List<float[]> values = new ArrayList<>();
    private final List<short[]> halfKeys = new ArrayList<>();
    private final List<short[]> halfValues = new ArrayList<>();

    public KeyValueBlocks(int heads, int headSize, KeyValueFormat format) {
        this.heads = heads;
        this.headSize = headSize;
        this.format = format;
    }

    /// Bytes that `positions` positions take.
    public static long bytes(int heads, int headSize, long positions, KeyValueFormat format) {
        long blocks = Math.ceilDiv(positions, (long) POSITIONS);
        return blocks * POSITIONS * heads * ((long) headSize + padded(headSize)) * format.bytes();
    }

    /// Bytes that are allocated.
    public long bytes() {
        int blocks = Math.max(keys.size(), halfKeys.size());
        return bytes(heads, headSize, (long) blocks * POSITIONS, format);
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
        int keySize = Math.multiplyExact(heads * headSize, POSITIONS);
        int valueSize = Math.multiplyExact(heads * padded(headSize), POSITIONS);
        switch (format) {
            case F32 -> {
                while (keys.size() * POSITIONS < positions) {
                    keys.add(new float[keySize]);
                    values.add(new float[valueSize]);
                }
            }
            case F16 -> {
                while (halfKeys.size() * POSITIONS < positions) {
                    halfKeys.add(new short[keySize]);
                    halfValues.add(new short[valueSize]);
                }
            }
        }
    }

    /// The keys of head `head` of block `block`: from [#keyOffset] on, element after element, [#POSITIONS] positions
    /// each. The next call with the same scratch may overwrite them.
    public float[] keys(int block, int head, Scratch scratch) {
        return switch (format) {
            case F32 -> keys.get(block);
            case F16 -> {
                int size = headSize * POSITIONS;
                yield decoded(halfKeys.get(block), head * size, size, scratch);
            }
        };
    }

    /// The values of the first `positions` positions of head `head` of block `block`: from [#valueOffset] on, position
    /// after position, [#valueStride] apart. The next call with the same scratch may overwrite them.
    public float[] values(int block, int head, int positions, Scratch scratch) {
        return switch (format) {
            case F32 -> values.get(block);
            case F16 -> {
                int from = head * valueStride() * POSITIONS;
                yield decoded(halfValues.get(block), from, positions * valueStride(), scratch);
            }
        };
    }

    private static float[] decoded(short[] halves, int from, int size, Scratch scratch) {
        float[] floats = scratch.floats(Use.KEYS_AND_VALUES, size);
        for (int i = 0; i < size; i++) {
            floats[i] = Float.float16ToFloat(halves[from + i]);
        }
        return floats;
    }

    /// Where a head starts in what [#keys] returns.
    public int keyOffset(int head) {
        return switch (format) {
            case F32 -> head * headSize * POSITIONS;
            case F16 -> 0;
        };
    }

    /// Where a head starts in what [#values] returns.
    public int valueOffset(int head) {
        return switch (format) {
            case F32 -> head * valueStride() * POSITIONS;
            case F16 -> 0;
        };
    }

    /// Stores `count` elements of a position's keys, the first of them number `from` of the row of all heads.
    public void writeKeys(int position, int from, int count, float[] x, int xOffset) {
        int at = from * POSITIONS + position % POSITIONS;
        switch (format) {
            case F32 -> {
                float[] block = keys.get(position / POSITIONS);
                for (int i = 0; i < count; i++) {
                    block[at + i * POSITIONS] = x[xOffset + i];
                }
            }
            case F16 -> {
                short[] block = halfKeys.get(position / POSITIONS);
                for (int i = 0; i < count; i++) {
                    block[at + i * POSITIONS] = Float.floatToFloat16(x[xOffset + i]);
                }
            }
        }
    }

    /// Stores `count` elements of a position's values, the first of them number `from` of the row of all heads.
    public void writeValues(int position, int from, int count, float[] x, int xOffset) {
        int stride = valueStride();
        for (int i = 0; i < count; ) {
            int head = (from + i) / headSize;
            int element = (from + i) % headSize;
            int run = Math.min(headSize - element, count - i);
            int at = (head * POSITIONS + position % POSITIONS) * stride + element;
            writeRun(position / POSITIONS, at, run, x, xOffset + i);
            i += run;
        }
    }

    private void writeRun(int block, int at, int count, float[] x, int xOffset) {
        switch (format) {
            case F32 -> System.arraycopy(x, xOffset, values.get(block), at, count);
            case F16 -> {
                short[] halves = halfValues.get(block);
                for (int i = 0; i < count; i++) {
                    halves[at + i] = Float.floatToFloat16(x[xOffset + i]);
                }
            }
        }
    }
}
