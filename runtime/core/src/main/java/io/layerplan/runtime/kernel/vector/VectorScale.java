package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.MAX;

import io.layerplan.runtime.kernel.ScaledRow;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Activations times powers of two, for weights that are taken as subnormal floats.
final class VectorScale {
    /// The least float above 0, which is what a code of 1 is.
    private static final float LEAST = Float.MIN_VALUE;

    private VectorScale() {}

    /// Scales whole blocks, as [ScaledRow] has them.
    static void scale(float[] x, int xOffset, int size, ScaledRow row) {
        row.reserve(size);
        int missing = Math.clamp(exponent(size, x, xOffset), 0, Float.MAX_EXPONENT);
        float factor = Math.scalb(1f, Float.MAX_EXPONENT - missing);
        float[] values = row.values();
        float[] sums = row.sums();
        for (int first = 0; first < size; first += ScaledRow.BLOCK) {
            FloatVector sum = FloatVector.zero(Lanes.FLOATS);
            for (int i = first; i < first + ScaledRow.BLOCK; i += Lanes.COUNT) {
                FloatVector value =
                        FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i).mul(factor);
                value.intoArray(values, i);
                sum = value.mul(LEAST).add(sum);
            }
            // In an order of our own: the JVM reduces lanes in one when it interprets, and in another one compiled.
            int block = first / ScaledRow.BLOCK;
            sum.intoArray(sums, block);
            sums[block] = Lanes.sum(sums, block);
        }
        row.setRest(Math.scalb(1f, missing));
    }

    /// The greatest exponent.
    static int exponent(int size, float[] x, int xOffset) {
        int whole = size / Lanes.COUNT * Lanes.COUNT;
        IntVector most = IntVector.zero(Lanes.INTS);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            most = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + i)
                    .reinterpretAsInts()
                    .and(Integer.MAX_VALUE)
                    .max(most);
        }
        int bits = most.reduceLanes(MAX);
        for (int i = whole; i < size; i++) {
            bits = Math.max(bits, Float.floatToRawIntBits(x[xOffset + i]) & Integer.MAX_VALUE);
        }
        return Math.getExponent(Float.intBitsToFloat(bits));
    }
}
