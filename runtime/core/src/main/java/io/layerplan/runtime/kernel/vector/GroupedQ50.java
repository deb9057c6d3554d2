package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q5_0 in groups of rows: a scale for each row of a block, and a plane of fifth bits.
final class GroupedQ50 implements GroupedIntegers {
    static final int BLOCK_BYTES = 352;
    static final int OFFSET = 16;
    private static final int LOW = 0x000F000F;
    private static final int FIFTH = 0x00100010;

    @Override
    public void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int apart,
            int count,
            QuantisedRow x,
            float[] sums) {
        int[] pairs = x.pairs();
        float[] scales = x.scales();
        int[] codeSums = x.codeSums();
        long step = apart * groupBytes;
        for (int b = 0; b < columns / 32; b++) {
            int codeSum = codeSums[b];
            float xScale = scales[b];
            long at = first * groupBytes + (long) b * BLOCK_BYTES;
            for (int g = 0; g < count; g++) {
                for (int part = 0; part < PARTS; part++) {
                    long o = at + part * 4L * Lanes.COUNT;
                    ShortVector acc0 = IntVector.broadcast(Lanes.INTS, codeSum)
                            .reinterpretAsShorts()
                            .mul((short) (-OFFSET / 2));
                    ShortVector acc1 = acc0;
                    IntVector h =
                            IntVector.fromMemorySegment(Lanes.INTS, data, o + GroupedLayout.HALVES + 256, Lanes.ORDER);
                    for (int v = 0; v < 4; v++) {
                        int pair = b * 16 + 4 * v;
                        IntVector q = IntVector.fromMemorySegment(
                                Lanes.INTS, data, o + GroupedLayout.HALVES + 64L * v, Lanes.ORDER);
                        ShortVector w0 = q.and(LOW)
                                .or(h.lanewise(LSHL, 4 - v).and(FIFTH))
                                .reinterpretAsShorts();
                        ShortVector w1 = q.lanewise(LSHR, 4)
                                .and(LOW)
                                .or(h.lanewise(LSHR, v).and(FIFTH))
                                .reinterpretAsShorts();
                        ShortVector w2 = q.lanewise(LSHR, 8)
                                .and(LOW)
                                .or(h.lanewise(LSHR, v + 4).and(FIFTH))
                                .reinterpretAsShorts();
                        ShortVector w3 = q.lanewise(LSHR, 12)
                                .and(LOW)
                                .or(h.lanewise(LSHR, v + 8).and(FIFTH))
                                .reinterpretAsShorts();
                        acc0 = acc0.add(w0.mul(
                                IntVector.broadcast(Lanes.INTS, pairs[pair]).reinterpretAsShorts()));
                        acc1 = acc1.add(w1.mul(
                                IntVector.broadcast(Lanes.INTS, pairs[pair + 1]).reinterpretAsShorts()));
                        acc0 = acc0.add(w2.mul(
                                IntVector.broadcast(Lanes.INTS, pairs[pair + 2]).reinterpretAsShorts()));
                        acc1 = acc1.add(w3.mul(
                                IntVector.broadcast(Lanes.INTS, pairs[pair + 3]).reinterpretAsShorts()));
                    }
                    IntVector productsLanes = acc0.add(acc1).reinterpretAsInts();
                    FloatVector products = (FloatVector) productsLanes
                            .lanewise(LSHL, 16)
                            .lanewise(ASHR, 16)
                            .add(productsLanes.lanewise(ASHR, 16))
                            .convertShape(I2F, Lanes.FLOATS, 0);
                    FloatVector scale = ((IntVector) ShortVector.fromMemorySegment(
                                            Lanes.SHORTS, data, at + part * 2L * Lanes.COUNT, Lanes.ORDER)
                                    .convertShape(S2I, Lanes.INTS, 0))
                            .lanewise(LSHL, 13)
                            .and(HALF_BITS)
                            .reinterpretAsFloats()
                            .mul(HALF_UNIT)
                            .mul(xScale);
                    int sum = g * GroupedLayout.ROWS + part * Lanes.COUNT;
                    products.fma(scale, FloatVector.fromArray(Lanes.FLOATS, sums, sum))
                            .intoArray(sums, sum);
                }
                at += step;
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
                IntVector h =
                        IntVector.fromMemorySegment(Lanes.INTS, data, o + GroupedLayout.HALVES + 256, Lanes.ORDER);
                for (int v = 0; v < 4; v++) {
                    IntVector q = IntVector.fromMemorySegment(
                            Lanes.INTS, data, o + GroupedLayout.HALVES + 64L * v, Lanes.ORDER);
                    IntVector w0 = q.and(LOW).or(h.lanewise(LSHL, 4 - v).and(FIFTH));
                    int at0 = yOffset + (b * 32 + 8 * v + 0) * yStride + part * Lanes.COUNT;
                    ((FloatVector) w0.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * at0, Lanes.ORDER);
                    ((FloatVector) w0.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * (at0 + yStride), Lanes.ORDER);
                    IntVector w1 =
                            q.lanewise(LSHR, 4).and(LOW).or(h.lanewise(LSHR, v).and(FIFTH));
                    int at1 = yOffset + (b * 32 + 8 * v + 2) * yStride + part * Lanes.COUNT;
                    ((FloatVector) w1.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * at1, Lanes.ORDER);
                    ((FloatVector) w1.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * (at1 + yStride), Lanes.ORDER);
                    IntVector w2 = q.lanewise(LSHR, 8)
                            .and(LOW)
                            .or(h.lanewise(LSHR, v + 4).and(FIFTH));
                    int at2 = yOffset + (b * 32 + 8 * v + 4) * yStride + part * Lanes.COUNT;
                    ((FloatVector) w2.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * at2, Lanes.ORDER);
                    ((FloatVector) w2.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                            .fma(scale, shift)
                            .intoMemorySegment(y, 4L * (at2 + yStride), Lanes.ORDER);
                    IntVector w3 = q.lanewise(LSHR, 12)
                            .and(LOW)
                            .or(h.lanewise(LSHR, v + 8).and(FIFTH));
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
