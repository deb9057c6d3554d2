package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.grouped.CodeDigits;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q5_K in groups of rows: as Q4_K, with codes as [GroupedQ50] has them.
final class GroupedQ5K implements GroupedIntegers {
    static final int HEADER_BYTES = 2 * GroupedLayout.WORDS;
    static final int BLOCK_BYTES = GroupedLayout.HALVES + 5 * GroupedLayout.WORDS;
    static final int UNIT_BYTES = HEADER_BYTES + 8 * BLOCK_BYTES;
    private static final int DIGITS = CodeDigits.FIVE.size();
    private static final int CODE = 0x1F;

    /// The lowest bit of both halves.
    private static final int ONE = 0x00010001;

    /// What is taken from a code, so that the products of a block fit into 16 bits.
    static final int OFFSET = 16;

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
                        for (int v = 0; v < 5; v++) {
                            int digit = block * DIGITS + 4 * v;
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
                                        ((FloatVector) sumLanes.lanewise(LSHL, 16)
                                                        .lanewise(ASHR, 16)
                                                        .add(sumLanes.lanewise(ASHR, 16))
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
                                                        .lanewise(LSHL, 16)
                                                        .lanewise(ASHR, 16)
                                                        .add(nextLanes.lanewise(ASHR, 16))
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
                    IntVector last = IntVector.zero(Lanes.INTS);
                    for (int v = 0; v < 5; v++) {
                        IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, o + WORDS * v, Lanes.ORDER);
                        last = last.or(q.lanewise(LSHR, 15 - v).and(ONE << v));
                        for (int k = 0; k < 3; k++) {
                            int to = yOffset + (s * 256 + b * 32 + 6 * v + 2 * k) * yStride + part * Lanes.COUNT;
                            IntVector codes = q.lanewise(LSHR, 5 * k);
                            ((FloatVector) codes.and(CODE).convertShape(I2F, Lanes.FLOATS, 0))
                                    .mul(scale)
                                    .sub(shift)
                                    .intoMemorySegment(y, 4L * to, Lanes.ORDER);
                            ((FloatVector) codes.lanewise(LSHR, 16).and(CODE).convertShape(I2F, Lanes.FLOATS, 0))
                                    .mul(scale)
                                    .sub(shift)
                                    .intoMemorySegment(y, 4L * (to + yStride), Lanes.ORDER);
                        }
                    }
                    int to = yOffset + (s * 256 + b * 32 + 30) * yStride + part * Lanes.COUNT;
                    ((FloatVector) last.and(CODE).convertShape(I2F, Lanes.FLOATS, 0))
                            .mul(scale)
                            .sub(shift)
                            .intoMemorySegment(y, 4L * to, Lanes.ORDER);
                    ((FloatVector) last.lanewise(LSHR, 16).convertShape(I2F, Lanes.FLOATS, 0))
                            .mul(scale)
                            .sub(shift)
                            .intoMemorySegment(y, 4L * (to + yStride), Lanes.ORDER);
                }
            }
        }
    }
}
