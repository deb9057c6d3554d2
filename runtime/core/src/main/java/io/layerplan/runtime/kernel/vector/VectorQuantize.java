package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.F2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.layerplan.runtime.kernel.QuantisedRow;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Activations through 8-bit integers and back, to the bit as the definition has it: a maximum is the same in
/// whatever order it is formed, and adding and subtracting `1.5 · 2^23` rounds halves to even.
final class VectorQuantize {
    private static final int BLOCK = 32;
    static final float SMALLEST = 1e-30f;
    static final float ROUND = 0x1.8p23f;

    /// Of every four lanes the last one goes first, and the others follow.
    private static final VectorShuffle<Integer> BEFORE =
            VectorShuffle.fromOp(Lanes.INTS, i -> i % 4 == 0 ? i + 3 : i - 1);

    private static final VectorMask<Integer> FIRST =
            VectorMask.fromLong(Lanes.INTS, 0x1111L & ((1L << Lanes.COUNT) - 1));

    private VectorQuantize() {}

    /// Quantises whole blocks into codes and scales, to the bit as [QuantisedRow#set] has them.
    static void quantize(float[] x, int xOffset, int size, QuantisedRow row) {
        row.reserve(size);
        int[] pairs = row.pairs();
        int[] nibblePairs = row.nibblePairs();
        for (int first = 0; first < size; first += BLOCK) {
            FloatVector magnitudes = FloatVector.zero(Lanes.FLOATS);
            for (int i = 0; i < BLOCK; i += Lanes.COUNT) {
                magnitudes = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + first + i)
                        .abs()
                        .max(magnitudes);
            }
            float largest = magnitudes.reduceLanes(MAX);
            float inverse = largest < SMALLEST ? 0 : 127 / largest;
            for (int i = 0; i < BLOCK; i += Lanes.COUNT) {
                FloatVector codes = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + first + i)
                        .mul(inverse)
                        .add(ROUND)
                        .sub(ROUND);
                ((ShortVector) codes.convertShape(F2S, Lanes.SHORTS, 0))
                        .reinterpretAsInts()
                        .intoArray(pairs, (first + i) / 2);
            }
            for (int i = first / 2; i < (first + BLOCK) / 2; i += Lanes.COUNT) {
                IntVector block = IntVector.fromArray(Lanes.INTS, pairs, i);
                IntVector before = block.rearrange(BEFORE);
                IntVector times16 = before.reinterpretAsShorts()
                        .mul((short) 16)
                        .reinterpretAsInts()
                        .blend(before.lanewise(LSHL, 20), FIRST);
                block.reinterpretAsShorts()
                        .sub(times16.reinterpretAsShorts())
                        .reinterpretAsInts()
                        .intoArray(nibblePairs, i);
            }
            row.sum(first / BLOCK, largest < SMALLEST ? 0 : largest / 127);
        }
    }

    static void quantize(float[] x, int xOffset, int size, float[] y, int yOffset) {
        for (int first = 0; first < size; first += BLOCK) {
            int count = Math.min(BLOCK, size - first);
            int whole = count / Lanes.COUNT * Lanes.COUNT;
            FloatVector magnitudes = FloatVector.zero(Lanes.FLOATS);
            for (int i = 0; i < whole; i += Lanes.COUNT) {
                magnitudes = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + first + i)
                        .abs()
                        .max(magnitudes);
            }
            float largest = magnitudes.reduceLanes(MAX);
            for (int i = whole; i < count; i++) {
                largest = Math.max(largest, Math.abs(x[xOffset + first + i]));
            }
            float inverse = largest < SMALLEST ? 0 : 127 / largest;
            float scale = largest < SMALLEST ? 0 : largest / 127;
            for (int i = 0; i < whole; i += Lanes.COUNT) {
                FloatVector.fromArray(Lanes.FLOATS, x, xOffset + first + i)
                        .mul(inverse)
                        .add(ROUND)
                        .sub(ROUND)
                        .mul(scale)
                        .intoArray(y, yOffset + first + i);
            }
            for (int i = whole; i < count; i++) {
                y[yOffset + first + i] = (float) Math.rint(x[xOffset + first + i] * inverse) * scale;
            }
        }
    }
}
