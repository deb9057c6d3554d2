package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.S2I;

import io.layerplan.runtime.kernel.ScaledRow;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q8_0 in groups of rows, for processors that multiply subnormal floats as fast as others. Of the four columns in a
/// lane, three have their bytes below its 24th bit. All that is there is a float's multiple of `2^-149`, subnormal or
/// not, so those bytes need nothing but the others cut off, and the fourth a shift: a column takes two operations,
/// where [GroupedQ80] takes three and a quarter. The second and third are 2^8 and 2^16 times too large, and so are
/// their sums, until a block is through.
final class GroupedBitsQ80 {
    private static final int FIRST = 0xFF;
    private static final int SECOND = 0xFF00;
    private static final int THIRD = 0xFF0000;

    /// What sums of each column are multiplied by: [GroupedFormat#HALF_UNIT], which scales lack, and what they are too
    /// large.
    private static final float OF_FIRST = GroupedFormat.HALF_UNIT;

    private static final float OF_SECOND = OF_FIRST * 0x1p-8f;
    private static final float OF_THIRD = OF_FIRST * 0x1p-16f;

    /// What is added to codes.
    private static final float OFFSET = 128;

    /// What [ScaledRow#rest] leaves.
    private static final float UNIT = 0x1p22f;

    private GroupedBitsQ80() {}

    /// As [GroupedFloats#multiply], but for a factor of `2^22` times [ScaledRow#rest].
    ///
    /// Broadcasts are multiplied with codes, not codes with broadcasts: so the JVM has processors broadcast as they
    /// load. And two vectors of codes in a turn of the loop are as much as keeps the JVM from unrolling that: it
    /// unrolled one, four times and a rest, loaded constants anew in each and kept codes on the stack, and took twice
    /// the time.
    static void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int runs,
            int count,
            ScaledRow x,
            float[] sums) {
        float[] values = x.values();
        float[] blockSums = x.sums();
        long step = runs * groupBytes;
        for (int r = 0; r < runs; r++) {
            for (int b = 0; b < columns / ScaledRow.BLOCK; b++) {
                long at = (first + r) * groupBytes + (long) b * GroupedQ80.BLOCK_BYTES;
                float begin = -OFFSET * blockSums[b];
                for (int g = 0; g < count; g++) {
                    for (int part = 0; part < GroupedFormat.PARTS; part += 2) {
                        long codes = at + GroupedLayout.HALVES + part * 4L * Lanes.COUNT;
                        long scales = at + part * 2L * Lanes.COUNT;
                        FloatVector sum0 = FloatVector.broadcast(Lanes.FLOATS, begin);
                        FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
                        FloatVector sum2 = FloatVector.zero(Lanes.FLOATS);
                        FloatVector sum3 = FloatVector.zero(Lanes.FLOATS);
                        FloatVector next0 = sum0;
                        FloatVector next1 = FloatVector.zero(Lanes.FLOATS);
                        FloatVector next2 = FloatVector.zero(Lanes.FLOATS);
                        FloatVector next3 = FloatVector.zero(Lanes.FLOATS);
                        for (int v = 0; v < 8; v++) {
                            int c = b * ScaledRow.BLOCK + 4 * v;
                            long four = codes + GroupedFormat.WORDS * v;
                            IntVector these = IntVector.fromMemorySegment(Lanes.INTS, data, four, Lanes.ORDER);
                            IntVector those =
                                    IntVector.fromMemorySegment(Lanes.INTS, data, four + 4L * Lanes.COUNT, Lanes.ORDER);
                            FloatVector x0 = FloatVector.broadcast(Lanes.FLOATS, values[c]);
                            sum0 = x0.fma(these.and(FIRST).reinterpretAsFloats(), sum0);
                            next0 = x0.fma(those.and(FIRST).reinterpretAsFloats(), next0);
                            FloatVector x1 = FloatVector.broadcast(Lanes.FLOATS, values[c + 1]);
                            sum1 = x1.fma(these.and(SECOND).reinterpretAsFloats(), sum1);
                            next1 = x1.fma(those.and(SECOND).reinterpretAsFloats(), next1);
                            FloatVector x2 = FloatVector.broadcast(Lanes.FLOATS, values[c + 2]);
                            sum2 = x2.fma(these.and(THIRD).reinterpretAsFloats(), sum2);
                            next2 = x2.fma(those.and(THIRD).reinterpretAsFloats(), next2);
                            FloatVector x3 = FloatVector.broadcast(Lanes.FLOATS, values[c + 3]);
                            sum3 = x3.fma(these.lanewise(LSHR, 24).reinterpretAsFloats(), sum3);
                            next3 = x3.fma(those.lanewise(LSHR, 24).reinterpretAsFloats(), next3);
                        }
                        int sum = (g * runs + r) * GroupedLayout.ROWS + part * Lanes.COUNT;
                        FloatVector.broadcast(Lanes.FLOATS, OF_SECOND)
                                .fma(
                                        sum1,
                                        FloatVector.broadcast(Lanes.FLOATS, OF_THIRD)
                                                .fma(sum2, sum0.add(sum3).mul(OF_FIRST)))
                                .fma(
                                        ((IntVector) ShortVector.fromMemorySegment(
                                                                Lanes.SHORTS, data, scales, Lanes.ORDER)
                                                        .convertShape(S2I, Lanes.INTS, 0))
                                                .lanewise(LSHL, 13)
                                                .and(GroupedFormat.HALF_BITS)
                                                .reinterpretAsFloats(),
                                        FloatVector.fromArray(Lanes.FLOATS, sums, sum))
                                .intoArray(sums, sum);
                        FloatVector.broadcast(Lanes.FLOATS, OF_SECOND)
                                .fma(
                                        next1,
                                        FloatVector.broadcast(Lanes.FLOATS, OF_THIRD)
                                                .fma(next2, next0.add(next3).mul(OF_FIRST)))
                                .fma(
                                        ((IntVector) ShortVector.fromMemorySegment(
                                                                Lanes.SHORTS,
                                                                data,
                                                                scales + 2L * Lanes.COUNT,
                                                                Lanes.ORDER)
                                                        .convertShape(S2I, Lanes.INTS, 0))
                                                .lanewise(LSHL, 13)
                                                .and(GroupedFormat.HALF_BITS)
                                                .reinterpretAsFloats(),
                                        FloatVector.fromArray(Lanes.FLOATS, sums, sum + Lanes.COUNT))
                                .intoArray(sums, sum + Lanes.COUNT);
                    }
                    at += step;
                }
            }
        }
    }

    /// Multiplies what [#multiply] left with what is missing.
    ///
    /// @param size whole vectors
    static void finish(ScaledRow x, float[] sums, int size) {
        for (int i = 0; i < size; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOATS, sums, i).mul(UNIT).mul(x.rest()).intoArray(sums, i);
        }
    }
}
