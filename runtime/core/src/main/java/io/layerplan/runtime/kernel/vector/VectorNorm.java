package io.layerplan.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;

/// RMS norm: four sums of squares, so that one does not wait for the other, then one pass that scales.
final class VectorNorm {
    private VectorNorm() {}

    static void normalize(float[] x, int xOffset, float[] gain, float epsilon, int size, float[] y, int yOffset) {
        float inverse = (float) (1 / Math.sqrt((double) squares(x, xOffset, size) / size + epsilon));
        int whole = size / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector scaled =
                    FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i).mul(inverse);
            FloatVector.fromArray(Lanes.FLOATS, gain, i).mul(scaled).intoArray(y, yOffset + i);
        }
        for (int i = whole; i < size; i++) {
            y[yOffset + i] = x[xOffset + i] * inverse * gain[i];
        }
    }

    private static float squares(float[] x, int offset, int size) {
        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum2 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum3 = FloatVector.zero(Lanes.FLOATS);
        int i = 0;
        for (; i + 4 * Lanes.COUNT <= size; i += 4 * Lanes.COUNT) {
            int at = offset + i;
            FloatVector x0 = FloatVector.fromArray(Lanes.FLOATS, x, at);
            FloatVector x1 = FloatVector.fromArray(Lanes.FLOATS, x, at + Lanes.COUNT);
            FloatVector x2 = FloatVector.fromArray(Lanes.FLOATS, x, at + 2 * Lanes.COUNT);
            FloatVector x3 = FloatVector.fromArray(Lanes.FLOATS, x, at + 3 * Lanes.COUNT);
            sum0 = x0.fma(x0, sum0);
            sum1 = x1.fma(x1, sum1);
            sum2 = x2.fma(x2, sum2);
            sum3 = x3.fma(x3, sum3);
        }
        for (; i + Lanes.COUNT <= size; i += Lanes.COUNT) {
            FloatVector x0 = FloatVector.fromArray(Lanes.FLOATS, x, offset + i);
            sum0 = x0.fma(x0, sum0);
        }
        float[] lanes = new float[4 * Lanes.COUNT];
        sum0.intoArray(lanes, 0);
        sum1.intoArray(lanes, Lanes.COUNT);
        sum2.intoArray(lanes, 2 * Lanes.COUNT);
        sum3.intoArray(lanes, 3 * Lanes.COUNT);
        float total = Lanes.sum(lanes, 0)
                + Lanes.sum(lanes, Lanes.COUNT)
                + (Lanes.sum(lanes, 2 * Lanes.COUNT) + Lanes.sum(lanes, 3 * Lanes.COUNT));
        for (; i < size; i++) {
            total = Math.fma(x[offset + i], x[offset + i], total);
        }
        return total;
    }
}
