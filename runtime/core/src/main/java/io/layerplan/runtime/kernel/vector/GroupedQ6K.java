package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.grouped.CodeDigits;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// Q6_K in groups of rows: each half of a block has a scale of its own. Codes are multiplied uncut, as
/// [CodeDigits] says.
final class GroupedQ6K implements GroupedIntegers {
    static final int HEADER_BYTES = GroupedLayout.WORDS;
    static final int BLOCK_BYTES = GroupedLayout.HALVES + 6 * GroupedLayout.WORDS;
    static final int UNIT_BYTES = HEADER_BYTES + 8 * BLOCK_BYTES;
    static final int OFFSET = 32;
    private static final int HALF_DIGITS = CodeDigits.SIX.size() / 2;
    private static final int CODE = 0x3F;

    /// The four low bits of both halves' codes.
    private static final int LOW = 0x000F000F;

    /// The two high ones.
    private static final int HIGH = 0x00300030;

    @Override
    public void prepare(QuantisedRow x) {
        x.sixPairs();
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
        int[] digits = x.sixPairs();
        int[] halfSums = x.halfCodeSums();
        long step = runs * groupBytes;
        for (int r = 0; r < runs; r++) {
            for (int half = 0; half < columns / 16; half++) {
                int digit = half * HALF_DIGITS;
                float xScale = x.scales()[half / 2];
                long at = (first + r) * groupBytes + half / 16 * (long) UNIT_BYTES;
                long block = HEADER_BYTES + half % 16 / 2 * (long) BLOCK_BYTES;
                for (int g = 0; g < count; g++) {
                    for (int part = 0; part < PARTS; part += 2) {
                        long header = at + part * 4L * Lanes.COUNT;
                        long integers = at + block + half % 2 * (long) GroupedLayout.ROWS;
                        long codes =
                                at + block + GroupedLayout.HALVES + half % 2 * (3 * WORDS) + part * 4L * Lanes.COUNT;
                        int to = (g * runs + r) * GroupedLayout.ROWS + part * Lanes.COUNT;
                        ShortVector front = IntVector.fromMemorySegment(Lanes.INTS, data, codes, Lanes.ORDER)
                                .reinterpretAsShorts();
                        ShortVector nextFront = IntVector.fromMemorySegment(
                                        Lanes.INTS, data, codes + 4L * Lanes.COUNT, Lanes.ORDER)
                                .reinterpretAsShorts();
                        ShortVector middle = IntVector.fromMemorySegment(Lanes.INTS, data, codes + WORDS, Lanes.ORDER)
                                .reinterpretAsShorts();
                        ShortVector nextMiddle = IntVector.fromMemorySegment(
                                        Lanes.INTS, data, codes + WORDS + 4L * Lanes.COUNT, Lanes.ORDER)
                                .reinterpretAsShorts();
                        ShortVector back = IntVector.fromMemorySegment(Lanes.INTS, data, codes + 2 * WORDS, Lanes.ORDER)
                                .reinterpretAsShorts();
                        ShortVector nextBack = IntVector.fromMemorySegment(
                                        Lanes.INTS, data, codes + 2 * WORDS + 4L * Lanes.COUNT, Lanes.ORDER)
                                .reinterpretAsShorts();
                        ShortVector sum = IntVector.broadcast(Lanes.INTS, halfSums[half])
                                .reinterpretAsShorts()
                                .mul((short) -OFFSET);
                        ShortVector next = sum;
                        ShortVector x0 =
                                IntVector.broadcast(Lanes.INTS, digits[digit]).reinterpretAsShorts();
                        sum = front.mul(x0).add(sum);
                        next = nextFront.mul(x0).add(next);
                        ShortVector x1 = IntVector.broadcast(Lanes.INTS, digits[digit + 1])
                                .reinterpretAsShorts();
                        sum = front.lanewise(LSHR, 6).mul(x1).add(sum);
                        next = nextFront.lanewise(LSHR, 6).mul(x1).add(next);
                        ShortVector x2 = IntVector.broadcast(Lanes.INTS, digits[digit + 2])
                                .reinterpretAsShorts();
                        sum = front.lanewise(LSHR, 12).mul(x2).add(sum);
                        next = nextFront.lanewise(LSHR, 12).mul(x2).add(next);
                        ShortVector x3 = IntVector.broadcast(Lanes.INTS, digits[digit + 3])
                                .reinterpretAsShorts();
                        sum = middle.mul(x3).add(sum);
                        next = nextMiddle.mul(x3).add(next);
                        ShortVector x4 = IntVector.broadcast(Lanes.INTS, digits[digit + 4])
                                .reinterpretAsShorts();
                        sum = middle.lanewise(LSHR, 6).mul(x4).add(sum);
                        next = nextMiddle.lanewise(LSHR, 6).mul(x4).add(next);
                        ShortVector x5 = IntVector.broadcast(Lanes.INTS, digits[digit + 5])
                                .reinterpretAsShorts();
                        sum = middle.lanewise(LSHR, 12).mul(x5).add(sum);
                        next = nextMiddle.lanewise(LSHR, 12).mul(x5).add(next);
                        ShortVector x6 = IntVector.broadcast(Lanes.INTS, digits[digit + 6])
                                .reinterpretAsShorts();
                        sum = back.mul(x6).add(sum);
                        next = nextBack.mul(x6).add(next);
                        ShortVector x7 = IntVector.broadcast(Lanes.INTS, digits[digit + 7])
                                .reinterpretAsShorts();
                        sum = back.lanewise(LSHR, 6).mul(x7).add(sum);
                        next = nextBack.lanewise(LSHR, 6).mul(x7).add(next);
                        ShortVector x8 = IntVector.broadcast(Lanes.INTS, digits[digit + 8])
                                .reinterpretAsShorts();
                        sum = back.lanewise(LSHR, 12).mul(x8).add(sum);
                        next = nextBack.lanewise(LSHR, 12).mul(x8).add(next);
                        ShortVector x9 = IntVector.broadcast(Lanes.INTS, digits[digit + 9])
                                .reinterpretAsShorts();
                        sum = back.lanewise(LSHR, 14).mul(x9).add(sum);
                        next = nextBack.lanewise(LSHR, 14).mul(x9).add(next);
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
                    long block = at + HEADER_BYTES + (long) b * BLOCK_BYTES;
                    long o = block + GroupedLayout.HALVES + part * 4L * Lanes.COUNT;
                    long integers = block + part / Lanes.PARTS * (long) Lanes.BYTES.length();
                    for (int half = 0; half < 2; half++) {
                        FloatVector scale = ((FloatVector) IntVector.fromMemorySegment(
                                                GroupedFormat.BYTES,
                                                data,
                                                integers + (long) GroupedLayout.ROWS * half,
                                                Lanes.ORDER)
                                        .reinterpretAsBytes()
                                        .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                                .mul(d);
                        long from = o + 3 * WORDS * half;
                        IntVector high = IntVector.fromMemorySegment(Lanes.INTS, data, from + 2 * WORDS, Lanes.ORDER);
                        for (int v = 0; v < 3; v++) {
                            IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, from + WORDS * v, Lanes.ORDER);
                            int column = s * 256 + b * 32 + 16 * half;
                            for (int k = 0; k < 2; k++) {
                                IntVector codes = q.lanewise(LSHR, 6 * k);
                                int to = yOffset + (column + 4 * v + 2 * k) * yStride + part * Lanes.COUNT;
                                ((FloatVector) codes.and(CODE).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                        .mul(scale)
                                        .intoMemorySegment(y, 4L * to, Lanes.ORDER);
                                ((FloatVector) codes.lanewise(LSHR, 16)
                                                .and(CODE)
                                                .sub(OFFSET)
                                                .convertShape(I2F, Lanes.FLOATS, 0))
                                        .mul(scale)
                                        .intoMemorySegment(y, 4L * (to + yStride), Lanes.ORDER);
                            }
                            if (v < 2) {
                                IntVector codes = q.lanewise(LSHR, 12)
                                        .and(LOW)
                                        .or(high.lanewise(LSHR, 8 + 2 * v).and(HIGH));
                                int to = yOffset + (column + 12 + 2 * v) * yStride + part * Lanes.COUNT;
                                ((FloatVector) codes.and(CODE).sub(OFFSET).convertShape(I2F, Lanes.FLOATS, 0))
                                        .mul(scale)
                                        .intoMemorySegment(y, 4L * to, Lanes.ORDER);
                                ((FloatVector) codes.lanewise(LSHR, 16)
                                                .sub(OFFSET)
                                                .convertShape(I2F, Lanes.FLOATS, 0))
                                        .mul(scale)
                                        .intoMemorySegment(y, 4L * (to + yStride), Lanes.ORDER);
                            }
                        }
                    }
                }
            }
        }
    }
}
