package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.MAX;

import io.layerplan.runtime.kernel.QuantisedRow;
import jdk.incubator.vector.FloatVector;

/// Activations through 8-bit integers and back, to the bit as the definition has it: a maximum is the same in
/// whatever order it is formed, and adding and subtracting `1.5 · 2^23` rounds halves to even.
final class VectorQuantize {
    private static final int BLOCK = 32;
    static final float SMALLEST = 1e-30f;
    static final float ROUND = 0x1.8p23f;

    private VectorQuantize() {}

    /// Quantises whole blocks into codes and scales.
    static void quantize(float[] x, int xOffset, int size, QuantisedRow row) {
        row.reserve(size);
        float[] codes = new float[BLOCK];
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
                FloatVector.fromArray(Lanes.FLOATS, x, xOffset + first + i)
                        .mul(inverse)
                        .add(ROUND)
                        .sub(ROUND)
                        .intoArray(codes, i);
            }
            row.set(first / BLOCK, largest < SMALLEST ? 0 : largest / 127, codes, 0);
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
