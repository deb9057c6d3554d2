package io.layerplan.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// A register tile of one row: what [TileOfSix] and [TileOfTwo] leave over, in the same order of sums.
final class TileOfOne {
    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final int L = Lanes.COUNT;

    private TileOfOne() {}

    /// Adds the product of `a[depth]` and `b[depth, vectors · L]` to `c[vectors · L]`.
    ///
    /// @param vectors 1, 2 or 4
    static void multiply(
            int vectors,
            int depth,
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset) {
        switch (vectors) {
            case 4 -> multiply1x4(depth, a, aOffset, b, bOffset, bStride, c, cOffset);
            case 2 -> multiply1x2(depth, a, aOffset, b, bOffset, bStride, c, cOffset);
            case 1 -> multiply1x1(depth, a, aOffset, b, bOffset, bStride, c, cOffset);
            default -> throw new IllegalArgumentException(vectors + " vectors");
        }
    }

    private static void multiply1x4(
            int depth, float[] a, int aOffset, float[] b, int bOffset, int bStride, float[] c, int cOffset) {
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s01 = FloatVector.fromArray(F, c, cOffset + L);
        FloatVector s02 = FloatVector.fromArray(F, c, cOffset + 2 * L);
        FloatVector s03 = FloatVector.fromArray(F, c, cOffset + 3 * L);
        for (int k = 0; k < depth; k++) {
            int at = bOffset + k * bStride;
            FloatVector b0 = FloatVector.fromArray(F, b, at);
            FloatVector b1 = FloatVector.fromArray(F, b, at + L);
            FloatVector b2 = FloatVector.fromArray(F, b, at + 2 * L);
            FloatVector b3 = FloatVector.fromArray(F, b, at + 3 * L);
            FloatVector f0 = FloatVector.broadcast(F, a[aOffset + k]);
            s00 = f0.fma(b0, s00);
            s01 = f0.fma(b1, s01);
            s02 = f0.fma(b2, s02);
            s03 = f0.fma(b3, s03);
        }
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + L);
        s02.intoArray(c, cOffset + 2 * L);
        s03.intoArray(c, cOffset + 3 * L);
    }

    private static void multiply1x2(
            int depth, float[] a, int aOffset, float[] b, int bOffset, int bStride, float[] c, int cOffset) {
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s01 = FloatVector.fromArray(F, c, cOffset + L);
        for (int k = 0; k < depth; k++) {
            int at = bOffset + k * bStride;
            FloatVector b0 = FloatVector.fromArray(F, b, at);
            FloatVector b1 = FloatVector.fromArray(F, b, at + L);
            FloatVector f0 = FloatVector.broadcast(F, a[aOffset + k]);
            s00 = f0.fma(b0, s00);
            s01 = f0.fma(b1, s01);
        }
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + L);
    }

    private static void multiply1x1(
            int depth, float[] a, int aOffset, float[] b, int bOffset, int bStride, float[] c, int cOffset) {
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        for (int k = 0; k < depth; k++) {
            int at = bOffset + k * bStride;
            FloatVector b0 = FloatVector.fromArray(F, b, at);
            FloatVector f0 = FloatVector.broadcast(F, a[aOffset + k]);
            s00 = f0.fma(b0, s00);
        }
        s00.intoArray(c, cOffset);
    }
}
