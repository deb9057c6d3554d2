package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q8_0 in groups of rows. What a row by itself costs for each block, scaling its sum, is done for as many rows as a
/// vector has lanes. Even and odd columns are summed apart, so that one does not wait for the other.
final class GroupedQ80 implements GroupedFloats {
    private static final int ROWS = GroupedLayout.ROWS;
    private static final int BLOCK_BYTES = GroupedLayout.HALVES + 32 * ROWS;

    @Override
    public void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int apart,
            int count,
            float[] x,
            int xOffset,
            float[] sums) {
        long step = apart * groupBytes;
        for (int b = 0; b < columns / 32; b++) {
            long at = first * groupBytes + (long) b * BLOCK_BYTES;
            int from = xOffset + b * 32;
            for (int g = 0; g < count; g++) {
                for (int part = 0; part < PARTS; part++) {
                    long codes = at + GroupedLayout.HALVES + (long) (part / Lanes.PARTS) * Lanes.BYTES.length();
                    FloatVector even = FloatVector.zero(Lanes.FLOATS);
                    FloatVector odd = FloatVector.zero(Lanes.FLOATS);
                    for (int c = 0; c < 32; c += 2) {
                        FloatVector w0 = (FloatVector)
                                IntVector.fromMemorySegment(BYTES, data, codes + (long) c * ROWS, Lanes.ORDER)
                                        .reinterpretAsBytes()
                                        .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS);
                        even = w0.fma(FloatVector.broadcast(Lanes.FLOATS, x[from + c]), even);
                        FloatVector w1 = (FloatVector)
                                IntVector.fromMemorySegment(BYTES, data, codes + (c + 1L) * ROWS, Lanes.ORDER)
                                        .reinterpretAsBytes()
                                        .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS);
                        odd = w1.fma(FloatVector.broadcast(Lanes.FLOATS, x[from + c + 1]), odd);
                    }
                    // The scales, by the formula of VectorF16.
                    IntVector h = (IntVector)
                            ShortVector.fromMemorySegment(Lanes.SHORTS, data, at + part * 2L * Lanes.COUNT, Lanes.ORDER)
                                    .convertShape(S2I, Lanes.INTS, 0);
                    IntVector magnitude = h.and(0x7fff).lanewise(LSHL, 13);
                    FloatVector normal = magnitude.add(112 << 23).reinterpretAsFloats();
                    FloatVector exact = normal.add(
                            normal.sub(0x1p-14f), magnitude.compare(LT, 1 << 23).cast(Lanes.FLOATS));
                    FloatVector scale =
                            exact.reinterpretAsInts().or(h.and(1 << 31)).reinterpretAsFloats();
                    int sum = g * ROWS + part * Lanes.COUNT;
                    even.add(odd)
                            .fma(scale, FloatVector.fromArray(Lanes.FLOATS, sums, sum))
                            .intoArray(sums, sum);
                }
                at += step;
            }
        }
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, MemorySegment y, int yOffset, int yStride) {
        for (int b = 0; b < columns / 32; b++) {
            long at = offset + (long) b * BLOCK_BYTES;
            for (int part = 0; part < PARTS; part++) {
                long codes = at + GroupedLayout.HALVES + (long) (part / Lanes.PARTS) * Lanes.BYTES.length();
                IntVector h = (IntVector)
                        ShortVector.fromMemorySegment(Lanes.SHORTS, data, at + part * 2L * Lanes.COUNT, Lanes.ORDER)
                                .convertShape(S2I, Lanes.INTS, 0);
                IntVector magnitude = h.and(0x7fff).lanewise(LSHL, 13);
                FloatVector normal = magnitude.add(112 << 23).reinterpretAsFloats();
                FloatVector exact = normal.add(
                        normal.sub(0x1p-14f), magnitude.compare(LT, 1 << 23).cast(Lanes.FLOATS));
                FloatVector scale = exact.reinterpretAsInts().or(h.and(1 << 31)).reinterpretAsFloats();
                for (int c = 0; c < 32; c++) {
                    FloatVector w =
                            (FloatVector) IntVector.fromMemorySegment(BYTES, data, codes + (long) c * ROWS, Lanes.ORDER)
                                    .reinterpretAsBytes()
                                    .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS);
                    w.mul(scale)
                            .intoMemorySegment(
                                    y, 4L * (yOffset + (b * 32 + c) * yStride + part * Lanes.COUNT), Lanes.ORDER);
                }
            }
        }
    }
}
