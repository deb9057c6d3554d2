package io.layerplan.runtime.kernel.grouped;

import io.layerplan.runtime.tensor.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The integers of a weight as its file has them: codes without a sign, scales of sub-blocks. The formulas are those of
/// [io.layerplan.runtime.kernel.scalar.ScalarDequantize].
final class FileCodes {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private FileCodes() {}

    /// Reads the 32 codes of block `block`, counted from the beginning of a block (or super-block) of the file.
    static void read(ElementType type, MemorySegment data, long start, int block, byte[] codes) {
        switch (type) {
            case Q4_0 -> halves(data, start + 2, codes);
            case Q5_0 -> {
                halves(data, start + 6, codes);
                int high = data.get(INT, start + 2);
                for (int j = 0; j < 32; j++) {
                    codes[j] |= (byte) (((high >>> j) & 1) << 4);
                }
            }
            case Q4_K -> nibbles(data, start + 16 + 32L * (block / 2), block % 2, codes);
            case Q5_K -> {
                nibbles(data, start + 48 + 32L * (block / 2), block % 2, codes);
                for (int j = 0; j < 32; j++) {
                    codes[j] |= (byte) (((data.get(ValueLayout.JAVA_BYTE, start + 16 + j) >>> block) & 1) << 4);
                }
            }
            case Q6_K -> {
                nibbles(data, start + 64L * (block / 4) + 32L * (block % 2), block % 4 / 2, codes);
                for (int j = 0; j < 32; j++) {
                    int high = data.get(ValueLayout.JAVA_BYTE, start + 128 + 32L * (block / 4) + j);
                    codes[j] |= (byte) (((high >>> (2 * (block % 4))) & 3) << 4);
                }
            }
            default -> throw new IllegalArgumentException(type + " has no grouped layout");
        }
    }

    /// The low halves of 16 bytes, then the high ones.
    private static void halves(MemorySegment data, long at, byte[] codes) {
        for (int j = 0; j < 16; j++) {
            int pair = data.get(ValueLayout.JAVA_BYTE, at + j);
            codes[j] = (byte) (pair & 15);
            codes[j + 16] = (byte) ((pair >>> 4) & 15);
        }
    }

    /// The low halves of 32 bytes, or the high ones.
    private static void nibbles(MemorySegment data, long at, int high, byte[] codes) {
        for (int j = 0; j < 32; j++) {
            codes[j] = (byte) ((data.get(ValueLayout.JAVA_BYTE, at + j) >>> (4 * high)) & 15);
        }
    }

    /// The scale of a block, or of a super-block.
    static float scale(ElementType type, MemorySegment data, long start) {
        return Float.float16ToFloat(data.get(SHORT, type == ElementType.Q6_K ? start + 208 : start));
    }

    /// The scale of a super-block's minima.
    static float minimumScale(MemorySegment data, long start) {
        return Float.float16ToFloat(data.get(SHORT, start + 2));
    }

    /// The first small integer of block `block` of a super-block: its scale, or that of its first half.
    static byte first(ElementType type, MemorySegment data, long start, int block) {
        if (type == ElementType.Q6_K) {
            return data.get(ValueLayout.JAVA_BYTE, start + 192 + 2L * block);
        }
        int scale =
                block < 4 ? six(data, start, block) : (six(data, start, block + 4) & 15) | top(data, start, block - 4);
        return (byte) scale;
    }

    /// The second small integer: the minimum of a block, or the scale of its second half.
    static byte second(ElementType type, MemorySegment data, long start, int block) {
        if (type == ElementType.Q6_K) {
            return data.get(ValueLayout.JAVA_BYTE, start + 193 + 2L * block);
        }
        int minimum = block < 4
                ? six(data, start, block + 4)
                : ((data.get(ValueLayout.JAVA_BYTE, start + 8 + block) >>> 4) & 15) | top(data, start, block);
        return (byte) minimum;
    }

    /// The six low bits of byte `k` of the scales.
    private static int six(MemorySegment data, long start, int k) {
        return data.get(ValueLayout.JAVA_BYTE, start + 4 + k) & 63;
    }

    /// The two top bits of byte `k` of the scales, as bits 4 and 5.
    private static int top(MemorySegment data, long start, int k) {
        return (data.get(ValueLayout.JAVA_BYTE, start + 4 + k) >>> 2) & 48;
    }
}
