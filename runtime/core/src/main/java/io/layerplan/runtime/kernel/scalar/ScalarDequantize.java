package io.layerplan.runtime.kernel.scalar;

import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// What the bytes of a weight mean: the definition of every [ElementType]. The formats are those of ggml
/// (`ggml-common.h`); numbers are little-endian, `f16` is IEEE 754 binary16. A row is a sequence of blocks, and
/// below, `y_j` is element `j` of a block. Of a byte that holds two 4-bit numbers, the low half belongs to the
/// first half of the elements that the byte run covers.
///
/// All sums and products are in 32-bit floats, from left to right.
public final class ScalarDequantize {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private ScalarDequantize() {}

    /// The elements of row `row`.
    public static float[] row(Matrix matrix, int row) {
        float[] values = new float[matrix.columns()];
        row(matrix, row, values, 0);
        return values;
    }

    /// Writes the elements of row `row` to `y[yOffset] … y[yOffset + columns - 1]`.
    public static void row(Matrix matrix, int row, float[] y, int yOffset) {
        decode(matrix.type(), matrix.row(row), matrix.columns(), y, yOffset);
    }

    /// Writes the `columns` elements that lie at the beginning of `data` to `y`.
    ///
    /// @param columns a multiple of the type's block
    public static void decode(ElementType type, MemorySegment data, int columns, float[] y, int yOffset) {
        int blocks = Math.toIntExact(type.rowBytes(columns) / type.blockBytes());
        for (int i = 0; i < blocks; i++) {
            long block = (long) i * type.blockBytes();
            int first = yOffset + i * type.blockElements();
            switch (type) {
                case F32 -> y[first] = Float.intBitsToFloat(data.get(INT, block));
                case F16 -> y[first] = f16(data, block);
                case BF16 -> y[first] = Float.intBitsToFloat(data.get(SHORT, block) << 16);
                case Q8_0 -> q80(data, block, y, first);
                case Q4_0 -> q40(data, block, y, first);
                case Q4_1 -> q41(data, block, y, first);
                case Q5_0 -> q50(data, block, y, first);
                case Q5_1 -> q51(data, block, y, first);
                case Q4_K -> q4k(data, block, y, first);
                case Q5_K -> q5k(data, block, y, first);
                case Q6_K -> q6k(data, block, y, first);
            }
        }
    }

    /// `f16 d; int8 q[32]`: `y_j = d · q_j`
    private static void q80(MemorySegment data, long block, float[] y, int first) {
        float d = f16(data, block);
        for (int j = 0; j < 32; j++) {
            y[first + j] = d * data.get(ValueLayout.JAVA_BYTE, block + 2 + j);
        }
    }

    /// `f16 d; uint4 q[32]`: `y_j = d · (q_j - 8)`
    private static void q40(MemorySegment data, long block, float[] y, int first) {
        float d = f16(data, block);
        for (int j = 0; j < 16; j++) {
            int pair = u8(data, block + 2 + j);
            y[first + j] = d * ((pair & 15) - 8);
            y[first + j + 16] = d * ((pair >> 4) - 8);
        }
    }

    /// `f16 d; f16 m; uint4 q[32]`: `y_j = d · q_j + m`
    private static void q41(MemorySegment data, long block, float[] y, int first) {
        float d = f16(data, block);
        float m = f16(data, block + 2);
        for (int j = 0; j < 16; j++) {
            int pair = u8(data, block + 4 + j);
            y[first + j] = d * (pair & 15) + m;
            y[first + j + 16] = d * (pair >> 4) + m;
        }
    }

    /// `f16 d; uint1 h[32]; uint4 q[32]`: `y_j = d · (q_j + 16 h_j - 16)`
    private static void q50(MemorySegment data, long block, float[] y, int first) {
        float d = f16(data, block);
        int high = data.get(INT, block + 2);
        for (int j = 0; j < 16; j++) {
            int pair = u8(data, block + 6 + j);
            y[first + j] = d * ((pair & 15) + 16 * bit(high, j) - 16);
            y[first + j + 16] = d * ((pair >> 4) + 16 * bit(high, j + 16) - 16);
        }
    }

    /// `f16 d; f16 m; uint1 h[32]; uint4 q[32]`: `y_j = d · (q_j + 16 h_j) + m`
    private static void q51(MemorySegment data, long block, float[] y, int first) {
        float d = f16(data, block);
        float m = f16(data, block + 2);
        int high = data.get(INT, block + 4);
        for (int j = 0; j < 16; j++) {
            int pair = u8(data, block + 8 + j);
            y[first + j] = d * ((pair & 15) + 16 * bit(high, j)) + m;
            y[first + j + 16] = d * ((pair >> 4) + 16 * bit(high, j + 16)) + m;
        }
    }

    /// `f16 d; f16 m; uint6 (s, t)[8]; uint4 q[256]`: 8 sub-blocks of 32, each with a scale `s_k` and a minimum
    /// `t_k`; for `j` in sub-block `k`, `y_j = (d · s_k) · q_j - m · t_k`. Sub-blocks `2i` and `2i + 1` share the
    /// bytes `32i … 32i + 31` of `q`.
    private static void q4k(MemorySegment data, long block, float[] y, int first) {
        float d = f16(data, block);
        float m = f16(data, block + 2);
        for (int k = 0; k < 8; k++) {
            float scale = d * scale(data, block + 4, k);
            float minimum = m * minimum(data, block + 4, k);
            for (int j = 0; j < 32; j++) {
                int q = nibble(data, block + 16 + 32L * (k / 2) + j, k % 2);
                y[first + 32 * k + j] = scale * q - minimum;
            }
        }
    }

    /// `f16 d; f16 m; uint6 (s, t)[8]; uint8 h[32]; uint4 q[256]`: as `Q4_K`, with a fifth bit: bit `k` of
    /// `h_(j mod 32)` counts 16 for `j` in sub-block `k`.
    private static void q5k(MemorySegment data, long block, float[] y, int first) {
        float d = f16(data, block);
        float m = f16(data, block + 2);
        for (int k = 0; k < 8; k++) {
            float scale = d * scale(data, block + 4, k);
            float minimum = m * minimum(data, block + 4, k);
            for (int j = 0; j < 32; j++) {
                int q = nibble(data, block + 48 + 32L * (k / 2) + j, k % 2) + 16 * bit(u8(data, block + 16 + j), k);
                y[first + 32 * k + j] = scale * q - minimum;
            }
        }
    }

    /// `uint4 q[256]; uint2 h[256]; int8 s[16]; f16 d`: 16 sub-blocks of 16, each with a scale; for `j` in
    /// sub-block `k`, `y_j = (d · s_k) · (q_j + 16 h_j - 32)`. Each half of the block is 64 bytes of `q` and 32
    /// of `h`: of its 128 elements, the first 64 have the low halves of `q`; element `j` has bits `2 (j / 32)`
    /// and up of `h_(j mod 32)`.
    private static void q6k(MemorySegment data, long block, float[] y, int first) {
        float d = f16(data, block + 208);
        for (int j = 0; j < 256; j++) {
            int half = j / 128;
            int inHalf = j % 128;
            int low = nibble(data, block + 64L * half + inHalf % 64, inHalf / 64);
            int high = bits(u8(data, block + 128 + 32L * half + inHalf % 32), 2 * (inHalf / 32), 2);
            int scale = data.get(ValueLayout.JAVA_BYTE, block + 192 + j / 16);
            y[first + j] = d * scale * (low + 16 * high - 32);
        }
    }

    /// Scale `k` of the 12 bytes `b` that hold 8 scales and 8 minima of 6 bits: for the first four the low bits
    /// of `b_k`; for the others the low half of `b_(k+4)` and above it the two top bits of `b_(k-4)`.
    private static int scale(MemorySegment data, long b, int k) {
        return k < 4
                ? bits(u8(data, b + k), 0, 6)
                : bits(u8(data, b + k + 4), 0, 4) + 16 * bits(u8(data, b + k - 4), 6, 2);
    }

    /// Minimum `k` of the same 12 bytes: for the first four the low bits of `b_(k+4)`; for the others the high
    /// half of `b_(k+4)` and above it the two top bits of `b_k`.
    private static int minimum(MemorySegment data, long b, int k) {
        return k < 4
                ? bits(u8(data, b + k + 4), 0, 6)
                : bits(u8(data, b + k + 4), 4, 4) + 16 * bits(u8(data, b + k), 6, 2);
    }

    private static float f16(MemorySegment data, long offset) {
        return Float.float16ToFloat(data.get(SHORT, offset));
    }

    private static int u8(MemorySegment data, long offset) {
        return data.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
    }

    /// The low half of a byte, or the high half.
    private static int nibble(MemorySegment data, long offset, int high) {
        return bits(u8(data, offset), 4 * high, 4);
    }

    private static int bit(int value, int number) {
        return bits(value, number, 1);
    }

    /// `count` bits of `value` from bit `from`.
    private static int bits(int value, int from, int count) {
        return (value >>> from) & ((1 << count) - 1);
    }
}
