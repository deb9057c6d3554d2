package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q4_K in groups of rows: the products of a block are scaled, its minimum goes with the sum of the activations.
final class GroupedQ4K implements GroupedIntegers {
    static final int HEADER_BYTES = 2 * GroupedLayout.WORDS;
    static final int BLOCK_BYTES = GroupedLayout.HALVES + 4 * GroupedLayout.WORDS;
    static final int UNIT_BYTES = HEADER_BYTES + 8 * BLOCK_BYTES;
    private static final int LOW = 0x000F000F;

    /// What is taken from a code, so that the sum of a block's products fits into 16 bits.
    static final int OFFSET = 8;

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
        int[] codeSums = x.codeSums();
        long step = runs * groupBytes;
        for (int r = 0; r < runs; r++) {
            for (int block = 0; block < columns / 32; block++) {
                int b = block % 8;
                float xScale = x.scales()[block];
                float xSum = x.sums()[block];
                int codeSum = codeSums[block];
                long at = (first + r) * groupBytes + block / 8 * (long) UNIT_BYTES;
                for (int g = 0; g < count; g++) {
                    for (int part = 0; part < PARTS; part += 2) {
                        long header = at + part * 4L * Lanes.COUNT;
                        long integers = at + HEADER_BYTES + (long) b * BLOCK_BYTES;
                        long codes = integers + GroupedLayout.HALVES + part * 4L * Lanes.COUNT;
                        ShortVector sum0 = IntVector.broadcast(Lanes.INTS, codeSum)
                                .reinterpretAsShorts()
                                .mul((short) (-OFFSET / 2));
                        ShortVector sum1 = sum0;
                        ShortVector next0 = sum0;
                        ShortVector next1 = sum0;
                        for (int v = 0; v < 4; v++) {
                            int pair = block * 16 + 4 * v;
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
                        long sumIntegers = integers + part / Lanes.PARTS * (long) Lanes.BYTES.length();
                        FloatVector sumScale = ((FloatVector)
                                        IntVector.fromMemorySegment(GroupedFormat.BYTES, data, sumIntegers, Lanes.ORDER)
                                                .reinterpretAsBytes()
                                                .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                                .mul(FloatVector.fromMemorySegment(Lanes.FLOATS, data, header, Lanes.ORDER));
                        FloatVector sumShift = ((FloatVector) IntVector.fromMemorySegment(
                                                GroupedFormat.BYTES,
                                                data,
                                                sumIntegers + GroupedLayout.ROWS,
                                                Lanes.ORDER)
                                        .reinterpretAsBytes()
                                        .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                                .mul(FloatVector.fromMemorySegment(
                                        Lanes.FLOATS, data, header + GroupedLayout.WORDS, Lanes.ORDER))
                                .sub(sumScale.mul(OFFSET));
                        sumShift.fma(
                                        FloatVector.broadcast(Lanes.FLOATS, -xSum),
                                        ((FloatVector) sumLanes.add(sumLanes.lanewise(LSHL, 16))
                                                        .lanewise(ASHR, 16)
                                                        .convertShape(I2F, Lanes.FLOATS, 0))
                                                .fma(
                                                        sumScale.mul(xScale),
                                                        FloatVector.fromArray(Lanes.FLOATS, sums, sum)))
                                .intoArray(sums, sum);
                        IntVector nextLanes = next0.add(next1).reinterpretAsInts();
                        long nextIntegers = integers + (part + 1) / Lanes.PARTS * (long) Lanes.BYTES.length();
                        FloatVector nextScale = ((FloatVector) IntVector.fromMemorySegment(
                                                GroupedFormat.BYTES, data, nextIntegers, Lanes.ORDER)
                                        .reinterpretAsBytes()
                                        .convertShape(B2F, Lanes.FLOATS, (part + 1) % Lanes.PARTS))
                                .mul(FloatVector.fromMemorySegment(
                                        Lanes.FLOATS, data, header + 4L * Lanes.COUNT, Lanes.ORDER));
                        FloatVector nextShift = ((FloatVector) IntVector.fromMemorySegment(
                                                GroupedFormat.BYTES,
                                                data,
                                                nextIntegers + GroupedLayout.ROWS,
                                                Lanes.ORDER)
                                        .reinterpretAsBytes()
                                        .convertShape(B2F, Lanes.FLOATS, (part + 1) % Lanes.PARTS))
                                .mul(FloatVector.fromMemorySegment(
                                        Lanes.FLOATS,
                                        data,
                                        header + GroupedLayout.WORDS + 4L * Lanes.COUNT,
                                        Lanes.ORDER))
                                .sub(nextScale.mul(OFFSET));
                        nextShift
                                .fma(
                                        FloatVector.broadcast(Lanes.FLOATS, -xSum),
                                        ((FloatVector) nextLanes
                                                        .add(nextLanes.lanewise(LSHL, 16))
                                                        .lanewise(ASHR, 16)
                                                        .convertShape(I2F, Lanes.FLOATS, 0))
                                                .fma(
                                                        nextScale.mul(xScale),
                                                        FloatVector.fromArray(Lanes.FLOATS, sums, sum + Lanes.COUNT)))
                                .intoArray(sums, sum + Lanes.COUNT);
                    }
                    at += step;
                }
            }
        }
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, MemorySegment y, int yOffset, int yStride) {
        for (int s = 0; s < columns / 256; s++) {
            for (int part = 0; part < PARTS; part++) {
                long at = offset + (long) s * UNIT_BYTES;
                long header = at + part * 4L * Lanes.COUNT;
                FloatVector d = FloatVector.fromMemorySegment(Lanes.FLOATS, data, header, Lanes.ORDER);
                FloatVector m =
                        FloatVector.fromMemorySegment(Lanes.FLOATS, data, header + GroupedLayout.WORDS, Lanes.ORDER);
                for (int b = 0; b < 8; b++) {
                    long block = at + HEADER_BYTES + (long) b * BLOCK_BYTES;
                    long o = block + GroupedLayout.HALVES + part * 4L * Lanes.COUNT;
                    long integers = block + part / Lanes.PARTS * (long) Lanes.BYTES.length();
                    FloatVector scale = ((FloatVector)
                                    IntVector.fromMemorySegment(GroupedFormat.BYTES, data, integers, Lanes.ORDER)
                                            .reinterpretAsBytes()
                                            .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                            .mul(d);
                    FloatVector shift = ((FloatVector) IntVector.fromMemorySegment(
                                            GroupedFormat.BYTES, data, integers + GroupedLayout.ROWS, Lanes.ORDER)
                                    .reinterpretAsBytes()
                                    .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                            .mul(m);
                    for (int v = 0; v < 4; v++) {
                        IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, o + WORDS * v, Lanes.ORDER);
                        IntVector w0 = q.and(LOW);
                        int at0 = yOffset + (s * 256 + b * 32 + 8 * v + 0) * yStride + part * Lanes.COUNT;
                        ((FloatVector) w0.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .sub(shift)
                                .intoMemorySegment(y, 4L * at0, Lanes.ORDER);
                        ((FloatVector) w0.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .sub(shift)
                                .intoMemorySegment(y, 4L * (at0 + yStride), Lanes.ORDER);
                        IntVector w1 = q.lanewise(LSHR, 4).and(LOW);
                        int at1 = yOffset + (s * 256 + b * 32 + 8 * v + 2) * yStride + part * Lanes.COUNT;
                        ((FloatVector) w1.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .sub(shift)
                                .intoMemorySegment(y, 4L * at1, Lanes.ORDER);
                        ((FloatVector) w1.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .sub(shift)
                                .intoMemorySegment(y, 4L * (at1 + yStride), Lanes.ORDER);
                        IntVector w2 = q.lanewise(LSHR, 8).and(LOW);
                        int at2 = yOffset + (s * 256 + b * 32 + 8 * v + 4) * yStride + part * Lanes.COUNT;
                        ((FloatVector) w2.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .sub(shift)
                                .intoMemorySegment(y, 4L * at2, Lanes.ORDER);
                        ((FloatVector) w2.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .sub(shift)
                                .intoMemorySegment(y, 4L * (at2 + yStride), Lanes.ORDER);
                        IntVector w3 = q.lanewise(LSHR, 12).and(LOW);
                        int at3 = yOffset + (s * 256 + b * 32 + 8 * v + 6) * yStride + part * Lanes.COUNT;
                        ((FloatVector) w3.and(0xFFFF).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .sub(shift)
                                .intoMemorySegment(y, 4L * at3, Lanes.ORDER);
                        ((FloatVector) w3.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .sub(shift)
                                .intoMemorySegment(y, 4L * (at3 + yStride), Lanes.ORDER);
                    }
                }
            }
        }
    }
}
