package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.grouped.CodeDigits;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q5_0 in groups of rows: a scale for each row of a block, and codes that are multiplied uncut, as
/// [CodeDigits] says.
final class GroupedQ50 implements GroupedIntegers {
    static final int BLOCK_BYTES = GroupedLayout.HALVES + 5 * GroupedLayout.WORDS;
    static final int OFFSET = 16;
    private static final int DIGITS = CodeDigits.FIVE.size();
    private static final int CODE = 0x1F;

    /// The lowest bit of both halves.
    private static final int ONE = 0x00010001;

    @Override
    public void prepare(QuantisedRow x) {
        x.fivePairs();
    }

    @Override
    public void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int runs,
            int count,
            QuantisedRow x,
            float[] sums) {
        int[] digits = x.fivePairs();
        float[] scales = x.scales();
        int[] codeSums = x.codeSums();
        long step = runs * groupBytes;
        for (int r = 0; r < runs; r++) {
            for (int b = 0; b < columns / 32; b++) {
                int codeSum = codeSums[b];
                float xScale = scales[b];
                long at = (first + r) * groupBytes + (long) b * BLOCK_BYTES;
                for (int g = 0; g < count; g++) {
                    for (int part = 0; part < PARTS; part += 2) {
                        long codes = at + GroupedLayout.HALVES + part * 4L * Lanes.COUNT;
                        long halves = at + part * 2L * Lanes.COUNT;
                        ShortVector sum0 = IntVector.broadcast(Lanes.INTS, codeSum)
                                .reinterpretAsShorts()
                                .mul((short) (-OFFSET / 2));
                        ShortVector sum1 = sum0;
                        ShortVector next0 = sum0;
                        ShortVector next1 = sum0;
                        for (int v = 0; v < 5; v++) {
                            int digit = b * DIGITS + 4 * v;
                            long numbers = codes + WORDS * v;
                            ShortVector these = IntVector.fromMemorySegment(Lanes.INTS, data, numbers, Lanes.ORDER)
                                    .reinterpretAsShorts();
                            ShortVector those = IntVector.fromMemorySegment(
                                            Lanes.INTS, data, numbers + 4L * Lanes.COUNT, Lanes.ORDER)
                                    .reinterpretAsShorts();
                            ShortVector x0 = IntVector.broadcast(Lanes.INTS, digits[digit])
                                    .reinterpretAsShorts();
                            sum0 = these.mul(x0).add(sum0);
                            next0 = those.mul(x0).add(next0);
                            ShortVector x1 = IntVector.broadcast(Lanes.INTS, digits[digit + 1])
                                    .reinterpretAsShorts();
                            sum1 = these.lanewise(LSHR, 5).mul(x1).add(sum1);
                            next1 = those.lanewise(LSHR, 5).mul(x1).add(next1);
                            ShortVector x2 = IntVector.broadcast(Lanes.INTS, digits[digit + 2])
                                    .reinterpretAsShorts();
                            sum0 = these.lanewise(LSHR, 10).mul(x2).add(sum0);
                            next0 = those.lanewise(LSHR, 10).mul(x2).add(next0);
                            ShortVector x3 = IntVector.broadcast(Lanes.INTS, digits[digit + 3])
                                    .reinterpretAsShorts();
                            sum1 = these.lanewise(LSHR, 15).mul(x3).add(sum1);
                            next1 = those.lanewise(LSHR, 15).mul(x3).add(next1);
                        }
                        int sum = (g * runs + r) * GroupedLayout.ROWS + part * Lanes.COUNT;
                        IntVector sumLanes = sum0.add(sum1).reinterpretAsInts();
                        ((FloatVector) sumLanes.lanewise(LSHL, 16)
                                        .lanewise(ASHR, 16)
                                        .add(sumLanes.lanewise(ASHR, 16))
                                        .convertShape(I2F, Lanes.FLOATS, 0))
                                .fma(
                                        ((IntVector) ShortVector.fromMemorySegment(
                                                                Lanes.SHORTS, data, halves, Lanes.ORDER)
                                                        .convertShape(S2I, Lanes.INTS, 0))
                                                .lanewise(LSHL, 13)
                                                .and(HALF_BITS)
                                                .reinterpretAsFloats()
                                                .mul(HALF_UNIT)
                                                .mul(xScale),
                                        FloatVector.fromArray(Lanes.FLOATS, sums, sum))
                                .intoArray(sums, sum);
                        IntVector nextLanes = next0.add(next1).reinterpretAsInts();
                        ((FloatVector) nextLanes
                                        .lanewise(LSHL, 16)
                                        .lanewise(ASHR, 16)
                                        .add(nextLanes.lanewise(ASHR, 16))
                                        .convertShape(I2F, Lanes.FLOATS, 0))
                                .fma(
                                        ((IntVector) ShortVector.fromMemorySegment(
                                                                Lanes.SHORTS,
                                                                data,
                                                                halves + 2L * Lanes.COUNT,
                                                                Lanes.ORDER)
                                                        .convertShape(S2I, Lanes.INTS, 0))
                                                .lanewise(LSHL, 13)
                                                .and(HALF_BITS)
                                                .reinterpretAsFloats()
                                                .mul(HALF_UNIT)
                                                .mul(xScale),
                                        FloatVector.fromArray(Lanes.FLOATS, sums, sum + Lanes.COUNT))
                                .intoArray(sums, sum + Lanes.COUNT);
                    }
                    at += step;
                }
            }
        }
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, MemorySegment y, int yOffset, int yStride) {
        for (int b = 0; b < columns / 32; b++) {
            for (int part = 0; part < PARTS; part++) {
                long o = offset + (long) b * BLOCK_BYTES + part * 4L * Lanes.COUNT;
                FloatVector scale = ((IntVector) ShortVector.fromMemorySegment(
                                        Lanes.SHORTS,
                                        data,
                                        offset + (long) b * BLOCK_BYTES + part * 2L * Lanes.COUNT,
                                        Lanes.ORDER)
                                .convertShape(S2I, Lanes.INTS, 0))
                        .lanewise(LSHL, 13)
                        .and(HALF_BITS)
                        .reinterpretAsFloats()
                        .mul(HALF_UNIT);
                FloatVector shift = scale.mul(-OFFSET);
                IntVector last = IntVector.zero(Lanes.INTS);
                for (int v = 0; v < 5; v++) {
                    IntVector q = IntVector.fromMemorySegment(
                            Lanes.INTS, data, o + GroupedLayout.HALVES + WORDS * v, Lanes.ORDER);
                    last = last.or(q.lanewise(LSHR, 15 - v).and(ONE << v));
                    for (int k = 0; k < 3; k++) {
                        int to = yOffset + (b * 32 + 6 * v + 2 * k) * yStride + part * Lanes.COUNT;
                        IntVector codes = q.lanewise(LSHR, 5 * k);
                        ((FloatVector) codes.and(CODE).convertShape(I2F, Lanes.FLOATS, 0))
                                .fma(scale, shift)
                                .intoMemorySegment(y, 4L * to, Lanes.ORDER);
                        ((FloatVector) codes.lanewise(LSHR, 16).and(CODE).convertShape(I2F, Lanes.FLOATS, 0))
                                .fma(scale, shift)
                                .intoMemorySegment(y, 4L * (to + yStride), Lanes.ORDER);
                    }
                }
                int to = yOffset + (b * 32 + 30) * yStride + part * Lanes.COUNT;
                ((FloatVector) last.and(CODE).convertShape(I2F, Lanes.FLOATS, 0))
                        .fma(scale, shift)
                        .intoMemorySegment(y, 4L * to, Lanes.ORDER);
                ((FloatVector) last.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                        .fma(scale, shift)
                        .intoMemorySegment(y, 4L * (to + yStride), Lanes.ORDER);
            }
        }
    }
}
