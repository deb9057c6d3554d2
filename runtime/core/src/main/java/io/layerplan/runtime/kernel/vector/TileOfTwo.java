package io.layerplan.runtime.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// A register tile of two rows: what [TileOfSix] leaves over, in the same order of sums. In decoding, rows are the
/// query heads that share a key/value head: two to four in most models.
final class TileOfTwo {
    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final int L = Lanes.COUNT;

    private TileOfTwo() {}

    /// Adds the product of `a[2, depth]` and `b[depth, vectors · L]` to `c[2, vectors · L]`; rows are a stride apart.
    ///
    /// @param vectors 1, 2 or 4
    static void multiply(
            int vectors,
            int depth,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride) {
        switch (vectors) {
            case 4 -> multiply2x4(depth, a, aOffset, aStride, b, bOffset, bStride, c, cOffset, cStride);
            case 2 -> multiply2x2(depth, a, aOffset, aStride, b, bOffset, bStride, c, cOffset, cStride);
            case 1 -> multiply2x1(depth, a, aOffset, aStride, b, bOffset, bStride, c, cOffset, cStride);
            default -> throw new IllegalArgumentException(vectors + " vectors");
        }
    }

    private static void multiply2x4(
            int depth,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride) {
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s01 = FloatVector.fromArray(F, c, cOffset + L);
        FloatVector s02 = FloatVector.fromArray(F, c, cOffset + 2 * L);
        FloatVector s03 = FloatVector.fromArray(F, c, cOffset + 3 * L);
        int c1 = cOffset + cStride;
        FloatVector s10 = FloatVector.fromArray(F, c, c1);
        FloatVector s11 = FloatVector.fromArray(F, c, c1 + L);
        FloatVector s12 = FloatVector.fromArray(F, c, c1 + 2 * L);
        FloatVector s13 = FloatVector.fromArray(F, c, c1 + 3 * L);
        int a1 = aOffset + aStride;
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
            FloatVector f1 = FloatVector.broadcast(F, a[a1 + k]);
            s10 = f1.fma(b0, s10);
            s11 = f1.fma(b1, s11);
            s12 = f1.fma(b2, s12);
            s13 = f1.fma(b3, s13);
        }
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + L);
        s02.intoArray(c, cOffset + 2 * L);
        s03.intoArray(c, cOffset + 3 * L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s12.intoArray(c, c1 + 2 * L);
        s13.intoArray(c, c1 + 3 * L);
    }

    private static void multiply2x2(
            int depth,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride) {
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        FloatVector s01 = FloatVector.fromArray(F, c, cOffset + L);
        int c1 = cOffset + cStride;
        FloatVector s10 = FloatVector.fromArray(F, c, c1);
        FloatVector s11 = FloatVector.fromArray(F, c, c1 + L);
        int a1 = aOffset + aStride;
        for (int k = 0; k < depth; k++) {
            int at = bOffset + k * bStride;
            FloatVector b0 = FloatVector.fromArray(F, b, at);
            FloatVector b1 = FloatVector.fromArray(F, b, at + L);
            FloatVector f0 = FloatVector.broadcast(F, a[aOffset + k]);
            s00 = f0.fma(b0, s00);
            s01 = f0.fma(b1, s01);
            FloatVector f1 = FloatVector.broadcast(F, a[a1 + k]);
            s10 = f1.fma(b0, s10);
            s11 = f1.fma(b1, s11);
        }
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
    }

    private static void multiply2x1(
            int depth,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride) {
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        int c1 = cOffset + cStride;
        FloatVector s10 = FloatVector.fromArray(F, c, c1);
        int a1 = aOffset + aStride;
        for (int k = 0; k < depth; k++) {
            int at = bOffset + k * bStride;
            FloatVector b0 = FloatVector.fromArray(F, b, at);
            FloatVector f0 = FloatVector.broadcast(F, a[aOffset + k]);
            s00 = f0.fma(b0, s00);
            FloatVector f1 = FloatVector.broadcast(F, a[a1 + k]);
            s10 = f1.fma(b0, s10);
        }
        s00.intoArray(c, cOffset);
        s10.intoArray(c, c1);
    }
}
