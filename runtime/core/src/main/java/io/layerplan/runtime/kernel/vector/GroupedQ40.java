package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q4_0 in groups of rows: a scale for each row of a block.
final class GroupedQ40 implements GroupedIntegers {
    static final int BLOCK_BYTES = GroupedLayout.HALVES + 4 * GroupedLayout.WORDS;
    static final int OFFSET = 8;
    private static final int LOW = 0x000F000F;

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
        int[] pairs = x.nibblePairs();
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
                        for (int v = 0; v < 4; v++) {
                            int pair = b * 16 + 4 * v;
                            long four = codes + WORDS * v;
                            IntVector these = IntVector.fromMemorySegment(Lanes.INTS, data, four, Lanes.ORDER);
                            IntVector those =
                                    IntVector.fromMemorySegment(Lanes.INTS, data, four + 4L * Lanes.COUNT, Lanes.ORDER);
                            ShortVector x0 =
                                    IntVector.broadcast(Lanes.INTS, pairs[pair]).reinterpretAsShorts();
                            sum0 = these.reinterpretAsShorts().mul(x0).add(sum0);
                            next0 = those.reinterpretAsShorts().mul(x0).add(next0);
                            ShortVector x1 = IntVector.broadcast(Lanes.INTS, pairs[pair + 1])
                                    .reinterpretAsShorts();
                            sum1 = these.lanewise(LSHR, 4)
                                    .reinterpretAsShorts()
                                    .mul(x1)
                                    .add(sum1);
                            next1 = those.lanewise(LSHR, 4)
                                    .reinterpretAsShorts()
                                    .mul(x1)
                                    .add(next1);
                            ShortVector x2 = IntVector.broadcast(Lanes.INTS, pairs[pair + 2])
                                    .reinterpretAsShorts();
                            sum0 = these.lanewise(LSHR, 8)
                                    .reinterpretAsShorts()
                                    .mul(x2)
                                    .add(sum0);
                            next0 = those.lanewise(LSHR, 8)
                                    .reinterpretAsShorts()
                                    .mul(x2)
                                    .add(next0);
                            ShortVector x3 = IntVector.broadcast(Lanes.INTS, pairs[pair + 3])
                                    .reinterpretAsShorts();
                            sum1 = these.lanewise(LSHR, 12)
                                    .reinterpretAsShorts()
                                    .mul(x3)
                                    .add(sum1);
                            next1 = those.lanewise(LSHR, 12)
                                    .reinterpretAsShorts()
                                    .mul(x3)
                                    .add(next1);
                        }
                        int sum = (g * runs + r) * GroupedLayout.ROWS + part * Lanes.COUNT;
                        IntVector sumLanes = sum0.add(sum1).reinterpretAsInts();
                        ((FloatVector) sumLanes.add(sumLanes.lanewise(LSHL, 16))
                                        .lanewise(ASHR, 16)
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
                                        .add(nextLanes.lanewise(LSHL, 16))
                                        .lanewise(ASHR, 16)
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
                for (int v = 0; v < 4; v++) {
                    IntVector q = IntVector.fromMemorySegment(
                            Lanes.INTS, data, o + GroupedLayout.HALVES + WORDS * v, Lanes.ORDER);
                    IntVector w0 = q.and(LOW);
                    int at0 = yOffset + (b * 32 + 8 * v + 0) * yStride + part * Lanes.COUNT;
                    ((FloatVector) w0.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * at0, Lanes.ORDER);
                    ((FloatVector) w0.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * (at0 + yStride), Lanes.ORDER);
                    IntVector w1 = q.lanewise(LSHR, 4).and(LOW);
                    int at1 = yOffset + (b * 32 + 8 * v + 2) * yStride + part * Lanes.COUNT;
                    ((FloatVector) w1.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * at1, Lanes.ORDER);
                    ((FloatVector) w1.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * (at1 + yStride), Lanes.ORDER);
                    IntVector w2 = q.lanewise(LSHR, 8).and(LOW);
                    int at2 = yOffset + (b * 32 + 8 * v + 4) * yStride + part * Lanes.COUNT;
                    ((FloatVector) w2.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * at2, Lanes.ORDER);
                    ((FloatVector) w2.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * (at2 + yStride), Lanes.ORDER);
                    IntVector w3 = q.lanewise(LSHR, 12).and(LOW);
                    int at3 = yOffset + (b * 32 + 8 * v + 6) * yStride + part * Lanes.COUNT;
                    ((FloatVector) w3.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * at3, Lanes.ORDER);
                    ((FloatVector) w3.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * (at3 + yStride), Lanes.ORDER);
                }
            }
        }
    }
}
