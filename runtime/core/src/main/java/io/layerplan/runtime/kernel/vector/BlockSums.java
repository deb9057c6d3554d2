package io.layerplan.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;

/// The sums of the activations that a block of 32 weights meets, a sum for each lane: with them, what is the same
/// for all weights of a block (a minimum, a centre) is multiplied once for a block and not once for a weight.
final class BlockSums {
    private static final int BLOCK = 32;

    private BlockSums() {}

    /// `sums[sumsOffset + b · L + i] = factor · Σ_j x[32 b + j · L + i]`, for L lanes.
    static void fill(float factor, float[] x, int xOffset, int columns, float[] sums, int sumsOffset) {
        for (int b = 0; b < columns / BLOCK; b++) {
            FloatVector sum = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + b * BLOCK);
            for (int i = Lanes.COUNT; i < BLOCK; i += Lanes.COUNT) {
                sum = FloatVector.fromArray(Lanes.FLOATS, x, xOffset + b * BLOCK + i)
                        .add(sum);
            }
            sum.mul(factor).intoArray(sums, sumsOffset + b * Lanes.COUNT);
        }
    }
}
