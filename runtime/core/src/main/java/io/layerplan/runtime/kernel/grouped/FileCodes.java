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
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// A one in every byte.
    private static final long EACH = 0x0101010101010101L;

    private FileCodes() {}

    /// Codes `8 v … 8 v + 7` of block `block`, a byte each, the first lowest.
    ///
    /// @param start where the file's block, or super-block, begins
    static long eight(ElementType type, MemorySegment data, long start, int block, int v) {
        return switch (type) {
            case Q4_0 -> half(data, start + 2, v);
            case Q5_0 -> half(data, start + 6, v) | spread(data.get(ValueLayout.JAVA_BYTE, start + 2 + v)) << 4;
            case Q4_K -> nibbles(data, start + 16 + 32L * (block / 2) + 8L * v, block % 2);
            case Q5_K ->
                nibbles(data, start + 48 + 32L * (block / 2) + 8L * v, block % 2)
                        | ((data.get(LONG, start + 16 + 8L * v) >>> block) & EACH) << 4;
            case Q6_K ->
                nibbles(data, start + 64L * (block / 4) + 32L * (block % 2) + 8L * v, block % 4 / 2)
                        | ((data.get(LONG, start + 128 + 32L * (block / 4) + 8L * v) >>> (2 * (block % 4))) & 3 * EACH)
                                << 4;
            default -> throw new IllegalArgumentException(type + " has no grouped layout");
        };
    }

    /// Of 16 bytes, the low halves are the first 16 codes, the high ones the others.
    private static long half(MemorySegment data, long at, int v) {
        return nibbles(data, at + 8L * (v % 2), v / 2);
    }

    /// The low halves of 8 bytes, or the high ones.
    private static long nibbles(MemorySegment data, long at, int high) {
        return (data.get(LONG, at) >>> (4 * high)) & 15 * EACH;
    }

    /// The 8 bits of a byte, as a byte each.
    private static long spread(byte bits) {
        long x = bits & 0xFF;
        x = (x | x << 28) & 0x0000000F0000000FL;
        x = (x | x << 14) & 0x0003000300030003L;
        return (x | x << 7) & EACH;
    }

    /// The scale of a block, or of a super-block, a 16-bit float.
    static short scale(ElementType type, MemorySegment data, long start) {
        return data.get(SHORT, type == ElementType.Q6_K ? start + 208 : start);
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
