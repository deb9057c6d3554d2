package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LSHR;

import io.layerplan.runtime.kernel.ScaledRow;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Q8_0 in groups of rows, for processors that multiply subnormal floats as fast as others. Of the four columns in a
/// lane, three have their bytes below its 24th bit. All that is there is a float's multiple of `2^-149`, subnormal or
/// not, so those bytes need nothing but the others cut off, and the fourth a shift: a column takes two operations,
/// where [GroupedQ80] takes three and a quarter. The second and third are 2^8 and 2^16 times too large, and so are
/// their sums, until a block is through.
final class GroupedBitsQ80 {
    private static final int FIRST = 0xFF;
    private static final int SECOND = 0xFF00;
    private static final int THIRD = 0xFF0000;
    private static final float OF_SECOND = 0x1p-8f;
    private static final float OF_THIRD = 0x1p-16f;

    /// What is added to codes.
    private static final float OFFSET = 128;

    /// What [ScaledRow#rest] leaves.
    private static final float UNIT = 0x1p22f;

    private GroupedBitsQ80() {}

    /// As [GroupedFloats#multiply], but for a factor of `2^22` times [ScaledRow#rest].
    ///
    /// Broadcasts are multiplied with codes, not codes with broadcasts: so the JVM has processors broadcast as they
    /// load. And two vectors of codes go in a turn of the loop, which is as much as keeps the JVM from unrolling it: it
    /// unrolled one, four times and a rest, loaded constants anew in each and kept codes on the stack, and took twice
    /// the time.
    static void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int apart,
            int count,
            ScaledRow x,
            float[] sums) {
        float[] values = x.values();
        float[] blockSums = x.sums();
        long step = apart * groupBytes;
        for (int b = 0; b < columns / ScaledRow.BLOCK; b++) {
            long at = first * groupBytes + (long) b * GroupedQ80.BLOCK_BYTES;
            float begin = -OFFSET * blockSums[b];
            for (int g = 0; g < count; g++) {
                for (int part = 0; part < GroupedFormat.PARTS; part++) {
                    long codes = at + GroupedLayout.HALVES + part * 4L * Lanes.COUNT;
                    FloatVector sum0 = FloatVector.broadcast(Lanes.FLOATS, begin);
                    FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
                    FloatVector sum2 = FloatVector.zero(Lanes.FLOATS);
                    FloatVector sum3 = FloatVector.zero(Lanes.FLOATS);
                    for (int v = 0; v < 8; v += 2) {
                        int c = b * ScaledRow.BLOCK + 4 * v;
                        IntVector four = IntVector.fromMemorySegment(Lanes.INTS, data, codes + 64L * v, Lanes.ORDER);
                        sum0 = FloatVector.broadcast(Lanes.FLOATS, values[c])
                                .fma(four.and(FIRST).reinterpretAsFloats(), sum0);
                        sum1 = FloatVector.broadcast(Lanes.FLOATS, values[c + 1])
                                .fma(four.and(SECOND).reinterpretAsFloats(), sum1);
                        sum2 = FloatVector.broadcast(Lanes.FLOATS, values[c + 2])
                                .fma(four.and(THIRD).reinterpretAsFloats(), sum2);
                        sum3 = FloatVector.broadcast(Lanes.FLOATS, values[c + 3])
                                .fma(four.lanewise(LSHR, 24).reinterpretAsFloats(), sum3);
                        IntVector next =
                                IntVector.fromMemorySegment(Lanes.INTS, data, codes + 64L * (v + 1), Lanes.ORDER);
                        sum0 = FloatVector.broadcast(Lanes.FLOATS, values[c + 4])
                                .fma(next.and(FIRST).reinterpretAsFloats(), sum0);
                        sum1 = FloatVector.broadcast(Lanes.FLOATS, values[c + 5])
                                .fma(next.and(SECOND).reinterpretAsFloats(), sum1);
                        sum2 = FloatVector.broadcast(Lanes.FLOATS, values[c + 6])
                                .fma(next.and(THIRD).reinterpretAsFloats(), sum2);
                        sum3 = FloatVector.broadcast(Lanes.FLOATS, values[c + 7])
                                .fma(next.lanewise(LSHR, 24).reinterpretAsFloats(), sum3);
                    }
                    int sum = g * GroupedLayout.ROWS + part * Lanes.COUNT;
                    FloatVector block = FloatVector.broadcast(Lanes.FLOATS, OF_SECOND)
                            .fma(
                                    sum1,
                                    FloatVector.broadcast(Lanes.FLOATS, OF_THIRD)
                                            .fma(sum2, sum0.add(sum3)));
                    block.fma(
                                    VectorF16.floats(data, at + part * 2L * Lanes.COUNT),
                                    FloatVector.fromArray(Lanes.FLOATS, sums, sum))
                            .intoArray(sums, sum);
                }
                at += step;
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
