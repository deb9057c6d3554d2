package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The register tile of [TileOfSix] over activations packed in strips: the six elements of a step are neighbours, so
/// that one line of the cache holds more than two steps of them. Measured, that is worth an eighth of a product's time.
final class TileOfStrip {
    private static final VectorSpecies<Float> F = Lanes.FLOATS;
    private static final int L = Lanes.COUNT;
    private static final long BYTES = 4L * L;

    private TileOfStrip() {}

    /// Adds the product of a strip `a[depth, 6]`, turned, and `b[depth, vectors · L]` to `c[6, vectors · L]`.
    ///
    /// @param vectors 1, 2 or 4
    static void multiply(
            int vectors,
            int depth,
            float[] a,
            int aOffset,
            MemorySegment b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride) {
        switch (vectors) {
            case 4 -> multiply6x4(depth, a, aOffset, b, bOffset, bStride, c, cOffset, cStride);
            case 2 -> multiply6x2(depth, a, aOffset, b, bOffset, bStride, c, cOffset, cStride);
            case 1 -> multiply6x1(depth, a, aOffset, b, bOffset, bStride, c, cOffset, cStride);
            default -> throw new IllegalArgumentException(vectors + " vectors");
        }
    }

    private static void multiply6x4(
            int depth,
            float[] a,
            int aOffset,
            MemorySegment b,
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
        int c2 = c1 + cStride;
        FloatVector s20 = FloatVector.fromArray(F, c, c2);
        FloatVector s21 = FloatVector.fromArray(F, c, c2 + L);
        FloatVector s22 = FloatVector.fromArray(F, c, c2 + 2 * L);
        FloatVector s23 = FloatVector.fromArray(F, c, c2 + 3 * L);
        int c3 = c2 + cStride;
        FloatVector s30 = FloatVector.fromArray(F, c, c3);
        FloatVector s31 = FloatVector.fromArray(F, c, c3 + L);
        FloatVector s32 = FloatVector.fromArray(F, c, c3 + 2 * L);
        FloatVector s33 = FloatVector.fromArray(F, c, c3 + 3 * L);
        int c4 = c3 + cStride;
        FloatVector s40 = FloatVector.fromArray(F, c, c4);
        FloatVector s41 = FloatVector.fromArray(F, c, c4 + L);
        FloatVector s42 = FloatVector.fromArray(F, c, c4 + 2 * L);
        FloatVector s43 = FloatVector.fromArray(F, c, c4 + 3 * L);
        int c5 = c4 + cStride;
        FloatVector s50 = FloatVector.fromArray(F, c, c5);
        FloatVector s51 = FloatVector.fromArray(F, c, c5 + L);
        FloatVector s52 = FloatVector.fromArray(F, c, c5 + 2 * L);
        FloatVector s53 = FloatVector.fromArray(F, c, c5 + 3 * L);
        for (int k = 0; k < depth; k++) {
            int from = aOffset + 6 * k;
            long at = 4L * (bOffset + k * bStride);
            FloatVector b0 = FloatVector.fromMemorySegment(F, b, at, Lanes.ORDER);
            FloatVector b1 = FloatVector.fromMemorySegment(F, b, at + BYTES, Lanes.ORDER);
            FloatVector b2 = FloatVector.fromMemorySegment(F, b, at + 2 * BYTES, Lanes.ORDER);
            FloatVector b3 = FloatVector.fromMemorySegment(F, b, at + 3 * BYTES, Lanes.ORDER);
            FloatVector f0 = FloatVector.broadcast(F, a[from]);
            s00 = f0.fma(b0, s00);
            s01 = f0.fma(b1, s01);
            s02 = f0.fma(b2, s02);
            s03 = f0.fma(b3, s03);
            FloatVector f1 = FloatVector.broadcast(F, a[from + 1]);
            s10 = f1.fma(b0, s10);
            s11 = f1.fma(b1, s11);
            s12 = f1.fma(b2, s12);
            s13 = f1.fma(b3, s13);
            FloatVector f2 = FloatVector.broadcast(F, a[from + 2]);
            s20 = f2.fma(b0, s20);
            s21 = f2.fma(b1, s21);
            s22 = f2.fma(b2, s22);
            s23 = f2.fma(b3, s23);
            FloatVector f3 = FloatVector.broadcast(F, a[from + 3]);
            s30 = f3.fma(b0, s30);
            s31 = f3.fma(b1, s31);
            s32 = f3.fma(b2, s32);
            s33 = f3.fma(b3, s33);
            FloatVector f4 = FloatVector.broadcast(F, a[from + 4]);
            s40 = f4.fma(b0, s40);
            s41 = f4.fma(b1, s41);
            s42 = f4.fma(b2, s42);
            s43 = f4.fma(b3, s43);
            FloatVector f5 = FloatVector.broadcast(F, a[from + 5]);
            s50 = f5.fma(b0, s50);
            s51 = f5.fma(b1, s51);
            s52 = f5.fma(b2, s52);
            s53 = f5.fma(b3, s53);
        }
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + L);
        s02.intoArray(c, cOffset + 2 * L);
        s03.intoArray(c, cOffset + 3 * L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s12.intoArray(c, c1 + 2 * L);
        s13.intoArray(c, c1 + 3 * L);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + L);
        s22.intoArray(c, c2 + 2 * L);
        s23.intoArray(c, c2 + 3 * L);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + L);
        s32.intoArray(c, c3 + 2 * L);
        s33.intoArray(c, c3 + 3 * L);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + L);
        s42.intoArray(c, c4 + 2 * L);
        s43.intoArray(c, c4 + 3 * L);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + L);
        s52.intoArray(c, c5 + 2 * L);
        s53.intoArray(c, c5 + 3 * L);
    }

    private static void multiply6x2(
            int depth,
            float[] a,
            int aOffset,
            MemorySegment b,
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
        int c2 = c1 + cStride;
        FloatVector s20 = FloatVector.fromArray(F, c, c2);
        FloatVector s21 = FloatVector.fromArray(F, c, c2 + L);
        int c3 = c2 + cStride;
        FloatVector s30 = FloatVector.fromArray(F, c, c3);
        FloatVector s31 = FloatVector.fromArray(F, c, c3 + L);
        int c4 = c3 + cStride;
        FloatVector s40 = FloatVector.fromArray(F, c, c4);
        FloatVector s41 = FloatVector.fromArray(F, c, c4 + L);
        int c5 = c4 + cStride;
        FloatVector s50 = FloatVector.fromArray(F, c, c5);
        FloatVector s51 = FloatVector.fromArray(F, c, c5 + L);
        for (int k = 0; k < depth; k++) {
            int from = aOffset + 6 * k;
            long at = 4L * (bOffset + k * bStride);
            FloatVector b0 = FloatVector.fromMemorySegment(F, b, at, Lanes.ORDER);
            FloatVector b1 = FloatVector.fromMemorySegment(F, b, at + BYTES, Lanes.ORDER);
            FloatVector f0 = FloatVector.broadcast(F, a[from]);
            s00 = f0.fma(b0, s00);
            s01 = f0.fma(b1, s01);
            FloatVector f1 = FloatVector.broadcast(F, a[from + 1]);
            s10 = f1.fma(b0, s10);
            s11 = f1.fma(b1, s11);
            FloatVector f2 = FloatVector.broadcast(F, a[from + 2]);
            s20 = f2.fma(b0, s20);
            s21 = f2.fma(b1, s21);
            FloatVector f3 = FloatVector.broadcast(F, a[from + 3]);
            s30 = f3.fma(b0, s30);
            s31 = f3.fma(b1, s31);
            FloatVector f4 = FloatVector.broadcast(F, a[from + 4]);
            s40 = f4.fma(b0, s40);
            s41 = f4.fma(b1, s41);
            FloatVector f5 = FloatVector.broadcast(F, a[from + 5]);
            s50 = f5.fma(b0, s50);
            s51 = f5.fma(b1, s51);
        }
        s00.intoArray(c, cOffset);
        s01.intoArray(c, cOffset + L);
        s10.intoArray(c, c1);
        s11.intoArray(c, c1 + L);
        s20.intoArray(c, c2);
        s21.intoArray(c, c2 + L);
        s30.intoArray(c, c3);
        s31.intoArray(c, c3 + L);
        s40.intoArray(c, c4);
        s41.intoArray(c, c4 + L);
        s50.intoArray(c, c5);
        s51.intoArray(c, c5 + L);
    }

    private static void multiply6x1(
            int depth,
            float[] a,
            int aOffset,
            MemorySegment b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride) {
        FloatVector s00 = FloatVector.fromArray(F, c, cOffset);
        int c1 = cOffset + cStride;
        FloatVector s10 = FloatVector.fromArray(F, c, c1);
        int c2 = c1 + cStride;
        FloatVector s20 = FloatVector.fromArray(F, c, c2);
        int c3 = c2 + cStride;
        FloatVector s30 = FloatVector.fromArray(F, c, c3);
        int c4 = c3 + cStride;
        FloatVector s40 = FloatVector.fromArray(F, c, c4);
        int c5 = c4 + cStride;
        FloatVector s50 = FloatVector.fromArray(F, c, c5);
        for (int k = 0; k < depth; k++) {
            int from = aOffset + 6 * k;
            long at = 4L * (bOffset + k * bStride);
            FloatVector b0 = FloatVector.fromMemorySegment(F, b, at, Lanes.ORDER);
            FloatVector f0 = FloatVector.broadcast(F, a[from]);
            s00 = f0.fma(b0, s00);
            FloatVector f1 = FloatVector.broadcast(F, a[from + 1]);
            s10 = f1.fma(b0, s10);
            FloatVector f2 = FloatVector.broadcast(F, a[from + 2]);
            s20 = f2.fma(b0, s20);
            FloatVector f3 = FloatVector.broadcast(F, a[from + 3]);
            s30 = f3.fma(b0, s30);
            FloatVector f4 = FloatVector.broadcast(F, a[from + 4]);
            s40 = f4.fma(b0, s40);
            FloatVector f5 = FloatVector.broadcast(F, a[from + 5]);
            s50 = f5.fma(b0, s50);
        }
        s00.intoArray(c, cOffset);
        s10.intoArray(c, c1);
        s20.intoArray(c, c2);
        s30.intoArray(c, c3);
        s40.intoArray(c, c4);
        s50.intoArray(c, c5);
    }
}
