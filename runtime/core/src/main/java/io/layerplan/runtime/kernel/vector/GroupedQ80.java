package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Q8_0 in groups of rows. What a row by itself costs for each block, scaling its sum, is done for as many rows as a
/// vector has lanes. Of four columns each has a sum of its own, so that none waits for the others.
///
/// Four columns of a row are in a lane, as bytes to which 128 is added. Put below the exponent of a float whose last
/// digit is worth as much, a byte is added to a power of two, which is taken away again: two operations for a column
/// and a shift for two, exact, where widening bytes and converting them takes two that fewer of a processor's units do.
final class GroupedQ80 implements GroupedFloats {
    static final int BLOCK_BYTES = GroupedLayout.HALVES + 32 * GroupedLayout.ROWS;

    private static final int FIRST = 0xFF;
    private static final int SECOND = 0xFF00;

    /// `2^23` and `2^15`: the least bit of the first byte, or of the second one, is worth 1.
    private static final int FIRST_POWER = 0x4B000000;

    private static final int SECOND_POWER = 0x47000000;

    /// Those powers, and the 128.
    private static final float FIRST_ZERO = 0x1p23f + 128;

    private static final float SECOND_ZERO = 0x1p15f + 128;

    @Override
    public void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int runs,
            int count,
            float[] x,
            int xOffset,
            float[] sums) {
        long step = runs * groupBytes;
        for (int r = 0; r < runs; r++) {
            for (int b = 0; b < columns / 32; b++) {
                long at = (first + r) * groupBytes + (long) b * BLOCK_BYTES;
                int from = xOffset + b * 32;
                for (int g = 0; g < count; g++) {
                    for (int part = 0; part < PARTS; part++) {
                        long codes = at + GroupedLayout.HALVES + part * 4L * Lanes.COUNT;
                        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
                        FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
                        FloatVector sum2 = FloatVector.zero(Lanes.FLOATS);
                        FloatVector sum3 = FloatVector.zero(Lanes.FLOATS);
                        for (int v = 0; v < 8; v++) {
                            IntVector low =
                                    IntVector.fromMemorySegment(Lanes.INTS, data, codes + WORDS * v, Lanes.ORDER);
                            IntVector high = low.lanewise(LSHR, 16);
                            int c = from + 4 * v;
                            sum0 = first(low).fma(FloatVector.broadcast(Lanes.FLOATS, x[c]), sum0);
                            sum1 = second(low).fma(FloatVector.broadcast(Lanes.FLOATS, x[c + 1]), sum1);
                            sum2 = first(high).fma(FloatVector.broadcast(Lanes.FLOATS, x[c + 2]), sum2);
                            sum3 = second(high).fma(FloatVector.broadcast(Lanes.FLOATS, x[c + 3]), sum3);
                        }
                        int sum = (g * runs + r) * GroupedLayout.ROWS + part * Lanes.COUNT;
                        sum0.add(sum1)
                                .add(sum2.add(sum3))
                                .fma(scale(data, at, part), FloatVector.fromArray(Lanes.FLOATS, sums, sum))
                                .intoArray(sums, sum);
                    }
                    at += step;
                }
            }
        }
    }

    /// The lowest bytes.
    private static FloatVector first(IntVector codes) {
        return codes.and(FIRST).or(FIRST_POWER).reinterpretAsFloats().sub(FIRST_ZERO);
    }

    /// The bytes above.
    private static FloatVector second(IntVector codes) {
        return codes.and(SECOND).or(SECOND_POWER).reinterpretAsFloats().sub(SECOND_ZERO);
    }

    /// The scales of a block. Those of 8-bit codes are often less than 2^-14, which [#HALF_UNIT] would make slow.
    private static FloatVector scale(MemorySegment data, long block, int part) {
        return VectorF16.floats(data, block + part * 2L * Lanes.COUNT);
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, MemorySegment y, int yOffset, int yStride) {
        for (int b = 0; b < columns / 32; b++) {
            long at = offset + (long) b * BLOCK_BYTES;
            for (int part = 0; part < PARTS; part++) {
                long codes = at + GroupedLayout.HALVES + part * 4L * Lanes.COUNT;
                FloatVector scale = scale(data, at, part);
                for (int v = 0; v < 8; v++) {
                    IntVector low = IntVector.fromMemorySegment(Lanes.INTS, data, codes + WORDS * v, Lanes.ORDER);
                    IntVector high = low.lanewise(LSHR, 16);
                    int to = yOffset + (b * 32 + 4 * v) * yStride + part * Lanes.COUNT;
                    first(low).mul(scale).intoMemorySegment(y, 4L * to, Lanes.ORDER);
                    second(low).mul(scale).intoMemorySegment(y, 4L * (to + yStride), Lanes.ORDER);
                    first(high).mul(scale).intoMemorySegment(y, 4L * (to + 2 * yStride), Lanes.ORDER);
                    second(high).mul(scale).intoMemorySegment(y, 4L * (to + 3 * yStride), Lanes.ORDER);
                }
            }
        }
    }
}
