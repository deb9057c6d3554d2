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
    static final int HEADER_BYTES = 384;
    static final int CODE_BYTES = 256;
    static final int UNIT_BYTES = HEADER_BYTES + 8 * CODE_BYTES;
    static final int INTEGERS = 2 * GroupedLayout.FLOATS;
    private static final int LOW = 0x000F000F;

    /// What is taken from a code, so that the sum of a block's products fits into 16 bits.
    static final int OFFSET = 8;

    /// [GroupedIntegers#LOW_VECTORS], which the JVM must not know.
    private final int vectors;

    GroupedQ4K() {
        vectors = LOW_VECTORS;
    }

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
        int[] pairs = x.nibblePairs();
        int[] codeSums = x.codeSums();
        long step = apart * groupBytes;
        for (int block = 0; block < columns / 32; block++) {
            int b = block % 8;
            float xScale = x.scales()[block];
            float xSum = x.sums()[block];
            int codeSum = codeSums[block];
            long at = first * groupBytes + block / 8 * (long) UNIT_BYTES;
            for (int g = 0; g < count; g++) {
                for (int part = 0; part < PARTS; part++) {
                    long header = at + part * 4L * Lanes.COUNT;
                    long o = header + HEADER_BYTES + (long) b * CODE_BYTES;
                    ShortVector acc0 = IntVector.broadcast(Lanes.INTS, codeSum)
                            .reinterpretAsShorts()
                            .mul((short) (-OFFSET / 2));
                    ShortVector acc1 = acc0;
                    for (int v = 0; v < vectors; v += 2) {
                        int pair = block * 16 + 4 * v;
                        IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, o + 64L * v, Lanes.ORDER);
                        acc0 = acc0.add(q.reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair])
                                        .reinterpretAsShorts()));
                        acc1 = acc1.add(q.lanewise(LSHR, 4)
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 1])
                                        .reinterpretAsShorts()));
                        acc0 = acc0.add(q.lanewise(LSHR, 8)
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 2])
                                        .reinterpretAsShorts()));
                        acc1 = acc1.add(q.lanewise(LSHR, 12)
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 3])
                                        .reinterpretAsShorts()));
                        IntVector r = IntVector.fromMemorySegment(Lanes.INTS, data, o + 64L * v + 64, Lanes.ORDER);
                        acc0 = acc0.add(r.reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 4])
                                        .reinterpretAsShorts()));
                        acc1 = acc1.add(r.lanewise(LSHR, 4)
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 5])
                                        .reinterpretAsShorts()));
                        acc0 = acc0.add(r.lanewise(LSHR, 8)
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 6])
                                        .reinterpretAsShorts()));
                        acc1 = acc1.add(r.lanewise(LSHR, 12)
                                .reinterpretAsShorts()
                                .mul(IntVector.broadcast(Lanes.INTS, pairs[pair + 7])
                                        .reinterpretAsShorts()));
                    }
                    IntVector productsLanes = acc0.add(acc1).reinterpretAsInts();
                    FloatVector products = (FloatVector) productsLanes
                            .add(productsLanes.lanewise(LSHL, 16))
                            .lanewise(ASHR, 16)
                            .convertShape(I2F, Lanes.FLOATS, 0);
                    FloatVector d = FloatVector.fromMemorySegment(Lanes.FLOATS, data, header, Lanes.ORDER);
                    FloatVector m = FloatVector.fromMemorySegment(
                            Lanes.FLOATS, data, header + GroupedLayout.FLOATS, Lanes.ORDER);
                    long integers = at
                            + INTEGERS
                            + 2L * GroupedLayout.ROWS * b
                            + part / Lanes.PARTS * (long) Lanes.BYTES.length();
                    FloatVector scale = ((FloatVector)
                                    IntVector.fromMemorySegment(GroupedFormat.BYTES, data, integers, Lanes.ORDER)
                                            .reinterpretAsBytes()
                                            .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS))
                            .mul(d);
                    FloatVector minimum = (FloatVector) IntVector.fromMemorySegment(
                                    GroupedFormat.BYTES, data, integers + GroupedLayout.ROWS, Lanes.ORDER)
                            .reinterpretAsBytes()
                            .convertShape(B2F, Lanes.FLOATS, part % Lanes.PARTS);
                    FloatVector shift = minimum.mul(m).sub(scale.mul(OFFSET));
                    int sum = g * GroupedLayout.ROWS + part * Lanes.COUNT;
                    FloatVector before = FloatVector.fromArray(Lanes.FLOATS, sums, sum);
                    shift.fma(FloatVector.broadcast(Lanes.FLOATS, -xSum), products.fma(scale.mul(xScale), before))
                            .intoArray(sums, sum);
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
                FloatVector m =
                        FloatVector.fromMemorySegment(Lanes.FLOATS, data, header + GroupedLayout.FLOATS, Lanes.ORDER);
                for (int b = 0; b < 8; b++) {
                    long o = header + HEADER_BYTES + (long) b * CODE_BYTES;
                    long integers = at
                            + INTEGERS
                            + 2L * GroupedLayout.ROWS * b
                            + part / Lanes.PARTS * (long) Lanes.BYTES.length();
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
                        IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, o + 64L * v, Lanes.ORDER);
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
