package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q6_K in groups of rows: each half of a block has a scale of its own, and a plane of top bits.
final class GroupedQ6K implements GroupedIntegers {
    static final int HEADER_BYTES = GroupedLayout.WORDS + 16 * GroupedLayout.ROWS;
    static final int CODE_BYTES = 6 * GroupedLayout.WORDS;
    static final int UNIT_BYTES = HEADER_BYTES + 8 * CODE_BYTES;
    static final int OFFSET = 32;
    private static final int LOW = 0x000F000F;
    private static final int TOP = 0x00300030;

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
        int[] pairs = x.pairs();
        int[] halfSums = x.halfCodeSums();
        long step = runs * groupBytes;
        for (int r = 0; r < runs; r++) {
            for (int block = 0; block < columns / 32; block++) {
                int b = block % 8;
                float xScale = x.scales()[block];
                long at = (first + r) * groupBytes + block / 8 * (long) UNIT_BYTES;
                for (int g = 0; g < count; g++) {
                    for (int part = 0; part < PARTS; part += 2) {
                        long header = at + part * 4L * Lanes.COUNT;
                        long codes = header + HEADER_BYTES + (long) b * CODE_BYTES;
                        int to = (g * runs + r) * GroupedLayout.ROWS + part * Lanes.COUNT;
                        for (int half = 0; half < 2; half++) {
                            int pair = block * 16 + 8 * half;
                            long from = codes + 2 * WORDS * half;
                            long tops = codes + 4 * WORDS + WORDS * half;
                            long integers = at
                                    + GroupedLayout.WORDS
                                    + 2L * GroupedLayout.ROWS * b
                                    + (long) GroupedLayout.ROWS * half;
                            IntVector low = IntVector.fromMemorySegment(Lanes.INTS, data, from, Lanes.ORDER);
                            IntVector nextLow =
                                    IntVector.fromMemorySegment(Lanes.INTS, data, from + 4L * Lanes.COUNT, Lanes.ORDER);
                            IntVector high = IntVector.fromMemorySegment(Lanes.INTS, data, from + WORDS, Lanes.ORDER);
                            IntVector nextHigh = IntVector.fromMemorySegment(
                                    Lanes.INTS, data, from + WORDS + 4L * Lanes.COUNT, Lanes.ORDER);
                            IntVector top = IntVector.fromMemorySegment(Lanes.INTS, data, tops, Lanes.ORDER);
                            IntVector nextTop =
                                    IntVector.fromMemorySegment(Lanes.INTS, data, tops + 4L * Lanes.COUNT, Lanes.ORDER);
                            ShortVector sum = IntVector.broadcast(Lanes.INTS, halfSums[2 * block + half])
                                    .reinterpretAsShorts()
                                    .mul((short) -OFFSET);
                            ShortVector next = sum;
                            ShortVector x0 =
                                    IntVector.broadcast(Lanes.INTS, pairs[pair]).reinterpretAsShorts();
                            sum = low.and(LOW)
                                    .or(top.lanewise(LSHL, 4).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x0)
                                    .add(sum);
                            next = nextLow.and(LOW)
                                    .or(nextTop.lanewise(LSHL, 4).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x0)
                                    .add(next);
                            ShortVector x1 = IntVector.broadcast(Lanes.INTS, pairs[pair + 1])
                                    .reinterpretAsShorts();
                            sum = low.lanewise(LSHR, 4)
                                    .and(LOW)
                                    .or(top.and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x1)
                                    .add(sum);
                            next = nextLow.lanewise(LSHR, 4)
                                    .and(LOW)
                                    .or(nextTop.and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x1)
                                    .add(next);
                            ShortVector x2 = IntVector.broadcast(Lanes.INTS, pairs[pair + 2])
                                    .reinterpretAsShorts();
                            sum = low.lanewise(LSHR, 8)
                                    .and(LOW)
                                    .or(top.lanewise(LSHR, 4).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x2)
                                    .add(sum);
                            next = nextLow.lanewise(LSHR, 8)
                                    .and(LOW)
                                    .or(nextTop.lanewise(LSHR, 4).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x2)
                                    .add(next);
                            ShortVector x3 = IntVector.broadcast(Lanes.INTS, pairs[pair + 3])
                                    .reinterpretAsShorts();
                            sum = low.lanewise(LSHR, 12)
                                    .and(LOW)
                                    .or(top.lanewise(LSHR, 8).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x3)
                                    .add(sum);
                            next = nextLow.lanewise(LSHR, 12)
                                    .and(LOW)
                                    .or(nextTop.lanewise(LSHR, 8).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x3)
                                    .add(next);
                            ShortVector x4 = IntVector.broadcast(Lanes.INTS, pairs[pair + 4])
                                    .reinterpretAsShorts();
                            sum = high.and(LOW)
                                    .or(top.lanewise(LSHL, 2).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x4)
                                    .add(sum);
                            next = nextHigh.and(LOW)
                                    .or(nextTop.lanewise(LSHL, 2).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x4)
                                    .add(next);
                            ShortVector x5 = IntVector.broadcast(Lanes.INTS, pairs[pair + 5])
                                    .reinterpretAsShorts();
                            sum = high.lanewise(LSHR, 4)
                                    .and(LOW)
                                    .or(top.lanewise(LSHR, 2).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x5)
                                    .add(sum);
                            next = nextHigh.lanewise(LSHR, 4)
                                    .and(LOW)
                                    .or(nextTop.lanewise(LSHR, 2).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x5)
                                    .add(next);
                            ShortVector x6 = IntVector.broadcast(Lanes.INTS, pairs[pair + 6])
                                    .reinterpretAsShorts();
                            sum = high.lanewise(LSHR, 8)
                                    .and(LOW)
                                    .or(top.lanewise(LSHR, 6).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x6)
                                    .add(sum);
                            next = nextHigh.lanewise(LSHR, 8)
                                    .and(LOW)
                                    .or(nextTop.lanewise(LSHR, 6).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x6)
                                    .add(next);
                            ShortVector x7 = IntVector.broadcast(Lanes.INTS, pairs[pair + 7])
                                    .reinterpretAsShorts();
                            sum = high.lanewise(LSHR, 12)
                                    .and(LOW)
                                    .or(top.lanewise(LSHR, 10).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x7)
                                    .add(sum);
                            next = nextHigh.lanewise(LSHR, 12)
                                    .and(LOW)
                                    .or(nextTop.lanewise(LSHR, 10).and(TOP))
                                    .reinterpretAsShorts()
                                    .mul(x7)
                                    .add(next);
                            IntVector sumLanes = sum.reinterpretAsInts();
                            ((FloatVector) sumLanes.lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(sumLanes.lanewise(ASHR, 16))
                                            .convertShape(I2F, Lanes.FLOATS, 0))
                                    .fma(
                                            ((FloatVector) IntVector.fromMemorySegment(
                                                                    GroupedFormat.BYTES,
                                                                    data,
                                                                    integers
                                                                            + part
                                                                                    / Lanes.PARTS
                                                                                    * (long) Lanes.BYTES.length(),
                                                                    Lanes.ORDER)
                                                            .reinterpretAsBytes()
                                                            .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                                                    .mul(FloatVector.fromMemorySegment(
                                                            Lanes.FLOATS, data, header, Lanes.ORDER))
                                                    .mul(xScale),
                                            FloatVector.fromArray(Lanes.FLOATS, sums, to))
                                    .intoArray(sums, to);
                            IntVector nextLanes = next.reinterpretAsInts();
                            ((FloatVector) nextLanes
                                            .lanewise(LSHL, 16)
                                            .lanewise(ASHR, 16)
                                            .add(nextLanes.lanewise(ASHR, 16))
                                            .convertShape(I2F, Lanes.FLOATS, 0))
                                    .fma(
                                            ((FloatVector) IntVector.fromMemorySegment(
                                                                    GroupedFormat.BYTES,
                                                                    data,
                                                                    integers
                                                                            + (part + 1)
                                                                                    / Lanes.PARTS
                                                                                    * (long) Lanes.BYTES.length(),
                                                                    Lanes.ORDER)
                                                            .reinterpretAsBytes()
                                                            .convertShape(B2F, Lanes.FLOATS, (part + 1) % Lanes.PARTS))
                                                    .mul(FloatVector.fromMemorySegment(
                                                            Lanes.FLOATS, data, header + 4L * Lanes.COUNT, Lanes.ORDER))
                                                    .mul(xScale),
                                            FloatVector.fromArray(Lanes.FLOATS, sums, to + Lanes.COUNT))
                                    .intoArray(sums, to + Lanes.COUNT);
                        }
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
                for (int b = 0; b < 8; b++) {
                    long o = header + HEADER_BYTES + (long) b * CODE_BYTES;
                    long integers = at
                            + GroupedLayout.WORDS
                            + 2L * GroupedLayout.ROWS * b
                            + part / Lanes.PARTS * (long) Lanes.BYTES.length();
                    for (int v = 0; v < 4; v++) {
                        FloatVector scale = ((FloatVector) IntVector.fromMemorySegment(
                                                GroupedFormat.BYTES,
                                                data,
                                                integers + v / 2 * (long) GroupedLayout.ROWS,
                                                Lanes.ORDER)
                                        .reinterpretAsBytes()
                                        .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                                .mul(d);
                        IntVector h = IntVector.fromMemorySegment(
                                Lanes.INTS, data, o + 4 * WORDS + WORDS * (v / 2), Lanes.ORDER);
                        IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, o + WORDS * v, Lanes.ORDER);
                        IntVector w0 =
                                q.and(LOW).or(h.lanewise(LSHL, 4 - 2 * (v % 2)).and(TOP));
                        int at0 = yOffset + (s * 256 + b * 32 + 8 * v + 0) * yStride + part * Lanes.COUNT;
                        ((FloatVector) w0.and(0xFFFF).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .intoMemorySegment(y, 4L * at0, Lanes.ORDER);
                        ((FloatVector) w0.lanewise(LSHR, 16).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .intoMemorySegment(y, 4L * (at0 + yStride), Lanes.ORDER);
                        IntVector w1 = q.lanewise(LSHR, 4)
                                .and(LOW)
                                .or(h.lanewise(LSHR, 2 * (v % 2)).and(TOP));
                        int at1 = yOffset + (s * 256 + b * 32 + 8 * v + 2) * yStride + part * Lanes.COUNT;
                        ((FloatVector) w1.and(0xFFFF).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .intoMemorySegment(y, 4L * at1, Lanes.ORDER);
                        ((FloatVector) w1.lanewise(LSHR, 16).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .intoMemorySegment(y, 4L * (at1 + yStride), Lanes.ORDER);
                        IntVector w2 = q.lanewise(LSHR, 8)
                                .and(LOW)
                                .or(h.lanewise(LSHR, 2 * (v % 2) + 4).and(TOP));
                        int at2 = yOffset + (s * 256 + b * 32 + 8 * v + 4) * yStride + part * Lanes.COUNT;
                        ((FloatVector) w2.and(0xFFFF).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .intoMemorySegment(y, 4L * at2, Lanes.ORDER);
                        ((FloatVector) w2.lanewise(LSHR, 16).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .intoMemorySegment(y, 4L * (at2 + yStride), Lanes.ORDER);
                        IntVector w3 = q.lanewise(LSHR, 12)
                                .and(LOW)
                                .or(h.lanewise(LSHR, 2 * (v % 2) + 8).and(TOP));
                        int at3 = yOffset + (s * 256 + b * 32 + 8 * v + 6) * yStride + part * Lanes.COUNT;
                        ((FloatVector) w3.and(0xFFFF).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .intoMemorySegment(y, 4L * at3, Lanes.ORDER);
                        ((FloatVector) w3.lanewise(LSHR, 16).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                .mul(scale)
                                .intoMemorySegment(y, 4L * (at3 + yStride), Lanes.ORDER);
                    }
                }
            }
        }
    }
}
