package io.layerplan.runtime.testing;

import io.layerplan.runtime.tensor.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// From floats to the bytes of every [ElementType], the counterpart of `ScalarDequantize`, where the layouts are
/// described. Plain rounding: valid blocks with an error of a step or so, not the best that each format can do.
public final class Quantize {
    private Quantize() {}

    /// The bytes of `values`, whose length is a multiple of the type's block.
    public static byte[] encode(ElementType type, float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate((int) type.rowBytes(values.length)).order(ByteOrder.LITTLE_ENDIAN);
        for (int first = 0; first < values.length; first += type.blockElements()) {
            float[] block = Arrays.copyOfRange(values, first, first + type.blockElements());
            switch (type) {
                case F32 -> bytes.putFloat(block[0]);
                case F16 -> bytes.putShort(Float.floatToFloat16(block[0]));
                case BF16 -> bytes.putShort(bf16(block[0]));
                case Q8_0 -> q80(block, bytes);
                case Q4_0 -> centred(block, 4, bytes);
                case Q5_0 -> centred(block, 5, bytes);
                case Q4_1 -> shifted(block, 4, bytes);
                case Q5_1 -> shifted(block, 5, bytes);
                case Q4_K -> superBlock(block, 4, bytes);
                case Q5_K -> superBlock(block, 5, bytes);
                case Q6_K -> q6k(block, bytes);
            }
        }
        return bytes.array();
    }

    /// The upper half of the bits, rounded to the nearest, ties to even.
    private static short bf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    private static void q80(float[] x, ByteBuffer bytes) {
        float d = halfPrecision(largest(x, 0, 32) / 127);
        putHalf(bytes, d);
        for (float value : x) {
            bytes.put((byte) code(value, d, -127, 127));
        }
    }

    /// `Q4_0` and `Q5_0`: zero is the middle code, and the largest magnitude the lowest.
    private static void centred(float[] x, int bits, ByteBuffer bytes) {
        float extreme = 0;
        for (float value : x) {
            extreme = Math.abs(value) > Math.abs(extreme) ? value : extreme;
        }
        int middle = 1 << (bits - 1);
        float d = halfPrecision(-extreme / middle);
        putHalf(bytes, d);
        int[] codes = new int[32];
        for (int i = 0; i < 32; i++) {
            codes[i] = code(x[i], d, -middle, middle - 1) + middle;
        }
        putCodes(codes, bits, bytes);
    }

    /// `Q4_1` and `Q5_1`: code 0 is the smallest value.
    private static void shifted(float[] x, int bits, ByteBuffer bytes) {
        int most = (1 << bits) - 1;
        float minimum = halfPrecision(smallest(x, 0, 32));
        float d = halfPrecision((-smallest(negated(x), 0, 32) - minimum) / most);
        putHalf(bytes, d);
        putHalf(bytes, minimum);
        int[] codes = new int[32];
        for (int i = 0; i < 32; i++) {
            codes[i] = code(x[i] - minimum, d, 0, most);
        }
        putCodes(codes, bits, bytes);
    }

    /// The fifth bits of 32 codes, if they have one, and then their lower bits in pairs.
    private static void putCodes(int[] codes, int bits, ByteBuffer bytes) {
        if (bits == 5) {
            int high = 0;
            for (int i = 0; i < 32; i++) {
                high |= (codes[i] >> 4) << i;
            }
            bytes.putInt(high);
        }
        for (int i = 0; i < 16; i++) {
            bytes.put((byte) ((codes[i] & 15) | (codes[i + 16] & 15) << 4));
        }
    }

    /// `Q4_K` and `Q5_K`.
    private static void superBlock(float[] x, int bits, ByteBuffer bytes) {
        int most = (1 << bits) - 1;
        float[] minima = new float[8];
        float[] scales = new float[8];
        for (int k = 0; k < 8; k++) {
            minima[k] = Math.max(0, -smallest(x, 32 * k, 32));
            scales[k] = Math.max(0, (minima[k] - smallest(negated(x), 32 * k, 32)) / most);
        }
        float d = halfPrecision(largest(scales, 0, 8) / 63);
        float m = halfPrecision(largest(minima, 0, 8) / 63);
        int[] scaleCodes = new int[8];
        int[] minimumCodes = new int[8];
        int[] codes = new int[256];
        for (int k = 0; k < 8; k++) {
            scaleCodes[k] = code(scales[k], d, 0, 63);
            minimumCodes[k] = code(minima[k], m, 0, 63);
            for (int j = 32 * k; j < 32 * k + 32; j++) {
                codes[j] = code(x[j] + m * minimumCodes[k], d * scaleCodes[k], 0, most);
            }
        }
        putHalf(bytes, d);
        putHalf(bytes, m);
        putSixBits(scaleCodes, minimumCodes, bytes);
        if (bits == 5) {
            for (int j = 0; j < 32; j++) {
                int high = 0;
                for (int k = 0; k < 8; k++) {
                    high |= (codes[32 * k + j] >> 4) << k;
                }
                bytes.put((byte) high);
            }
        }
        for (int pair = 0; pair < 4; pair++) {
            for (int j = 64 * pair; j < 64 * pair + 32; j++) {
                bytes.put((byte) ((codes[j] & 15) | (codes[j + 32] & 15) << 4));
            }
        }
    }

    /// Eight scales and eight minima of six bits in twelve bytes.
    private static void putSixBits(int[] scales, int[] minima, ByteBuffer bytes) {
        for (int k = 0; k < 4; k++) {
            bytes.put((byte) (scales[k] | (scales[k + 4] >> 4) << 6));
        }
        for (int k = 0; k < 4; k++) {
            bytes.put((byte) (minima[k] | (minima[k + 4] >> 4) << 6));
        }
        for (int k = 4; k < 8; k++) {
            bytes.put((byte) ((scales[k] & 15) | (minima[k] & 15) << 4));
        }
    }

    private static void q6k(float[] x, ByteBuffer bytes) {
        float[] scales = new float[16];
        for (int k = 0; k < 16; k++) {
            scales[k] = largest(x, 16 * k, 16) / 31;
        }
        float d = halfPrecision(largest(scales, 0, 16) / 127);
        int[] codes = new int[256];
        byte[] scaleCodes = new byte[16];
        for (int j = 0; j < 256; j++) {
            scaleCodes[j / 16] = (byte) code(scales[j / 16], d, -128, 127);
            codes[j] = code(x[j], d * scaleCodes[j / 16], -32, 31) + 32;
        }
        inHalves(
                bytes,
                (half, j) -> {
                    int low = codes[half + j] & 15;
                    int high = codes[half + j + 64] & 15;
                    return low | high << 4;
                },
                64);
        inHalves(
                bytes,
                (half, j) -> {
                    int bits = 0;
                    for (int quarter = 0; quarter < 4; quarter++) {
                        bits |= (codes[half + 32 * quarter + j] >> 4) << (2 * quarter);
                    }
                    return bits;
                },
                32);
        bytes.put(scaleCodes);
        putHalf(bytes, d);
    }

    private interface Packing {
        int packed(int half, int j);
    }

    private static void inHalves(ByteBuffer bytes, Packing packing, int count) {
        for (int half = 0; half < 256; half += 128) {
            for (int j = 0; j < count; j++) {
                bytes.put((byte) packing.packed(half, j));
            }
        }
    }

    private static int code(float value, float scale, int least, int most) {
        return scale == 0 ? 0 : Math.clamp(Math.round(value / scale), least, most);
    }

    private static float largest(float[] x, int from, int count) {
        float largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(x[i]));
        }
        return largest;
    }

    private static float smallest(float[] x, int from, int count) {
        float smallest = x[from];
        for (int i = from; i < from + count; i++) {
            smallest = Math.min(smallest, x[i]);
        }
        return smallest;
    }

    private static float[] negated(float[] x) {
        float[] negated = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            negated[i] = -x[i];
        }
        return negated;
    }

    private static float halfPrecision(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    private static void putHalf(ByteBuffer bytes, float value) {
        bytes.putShort(Float.floatToFloat16(value));
    }
}
