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
    static final int HEADER_BYTES = 320;
    static final int CODE_BYTES = 384;
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
            int apart,
            int count,
            QuantisedRow x,
            float[] sums) {
        int[] pairs = x.pairs();
        int[] halfSums = x.halfCodeSums();
        long step = apart * groupBytes;
        for (int block = 0; block < columns / 32; block++) {
            int b = block % 8;
            float xScale = x.scales()[block];
            long at = first * groupBytes + block / 8 * (long) UNIT_BYTES;
            for (int g = 0; g < count; g++) {
                for (int part = 0; part < PARTS; part++) {
                    long header = at + part * 4L * Lanes.COUNT;
                    long o = header + HEADER_BYTES + (long) b * CODE_BYTES;
                    long integers = at
                            + GroupedLayout.FLOATS
                            + 2L * GroupedLayout.ROWS * b
                            + part / Lanes.PARTS * (long) Lanes.BYTES.length();
                    int sum = g * GroupedLayout.ROWS + part * Lanes.COUNT;
                    for (int half = 0; half < 2; half++) {
                        int pair = block * 16 + 8 * half;
                        IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, o + 128L * half, Lanes.ORDER);
                        IntVector r = IntVector.fromMemorySegment(Lanes.INTS, data, o + 128L * half + 64, Lanes.ORDER);
                        IntVector h = IntVector.fromMemorySegment(Lanes.INTS, data, o + 256 + 64L * half, Lanes.ORDER);
                        ShortVector acc = IntVector.broadcast(Lanes.INTS, halfSums[2 * block + half])
                                .reinterpretAsShorts()
                                .mul((short) -OFFSET);
                        acc = acc.add(q.and(LOW)
                                .or(h.lanewise(LSHL, 4).and(TOP))
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair])
                                        .reinterpretAsShorts()));
                        acc = acc.add(q.lanewise(LSHR, 4)
                                .and(LOW)
                                .or(h.and(TOP))
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 1])
                                        .reinterpretAsShorts()));
                        acc = acc.add(q.lanewise(LSHR, 8)
                                .and(LOW)
                                .or(h.lanewise(LSHR, 4).and(TOP))
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 2])
                                        .reinterpretAsShorts()));
                        acc = acc.add(q.lanewise(LSHR, 12)
                                .and(LOW)
                                .or(h.lanewise(LSHR, 8).and(TOP))
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 3])
                                        .reinterpretAsShorts()));
                        acc = acc.add(r.and(LOW)
                                .or(h.lanewise(LSHL, 2).and(TOP))
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 4])
                                        .reinterpretAsShorts()));
                        acc = acc.add(r.lanewise(LSHR, 4)
                                .and(LOW)
                                .or(h.lanewise(LSHR, 2).and(TOP))
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 5])
                                        .reinterpretAsShorts()));
                        acc = acc.add(r.lanewise(LSHR, 8)
                                .and(LOW)
                                .or(h.lanewise(LSHR, 6).and(TOP))
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 6])
                                        .reinterpretAsShorts()));
                        acc = acc.add(r.lanewise(LSHR, 12)
                                .and(LOW)
                                .or(h.lanewise(LSHR, 10).and(TOP))
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 7])
                                        .reinterpretAsShorts()));
                        IntVector productsLanes = acc.reinterpretAsInts();
                        FloatVector products = (FloatVector) productsLanes
                                .lanewise(LSHL, 16)
                                .lanewise(ASHR, 16)
                                .add(productsLanes.lanewise(ASHR, 16))
                                .convertShape(I2F, Lanes.FLOATS, 0);
                        FloatVector d = FloatVector.fromMemorySegment(Lanes.FLOATS, data, header, Lanes.ORDER);
                        FloatVector scale = ((FloatVector) IntVector.fromMemorySegment(
                                                GroupedFormat.BYTES,
                                                data,
                                                integers + (long) GroupedLayout.ROWS * half,
                                                Lanes.ORDER)
                                        .reinterpretAsBytes()
                                        .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                                .mul(d);
                        products.fma(scale.mul(xScale), FloatVector.fromArray(Lanes.FLOATS, sums, sum))
                                .intoArray(sums, sum);
                    }
                }
                at += step;
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
                            + GroupedLayout.FLOATS
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
                        IntVector h =
                                IntVector.fromMemorySegment(Lanes.INTS, data, o + 256 + 64L * (v / 2), Lanes.ORDER);
                        IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, o + 64L * v, Lanes.ORDER);
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
