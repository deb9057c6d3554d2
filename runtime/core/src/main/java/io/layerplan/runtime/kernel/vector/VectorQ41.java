package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Q4_1: a byte holds elements `j` and `j + 16` of a block, each counted from the block's minimum.
final class VectorQ41 implements WeightFormat {
    @Override
    public void prepare(int columns, float[] x, int xOffset, MemorySegment aligned, float[] scratch) {
        WeightFormat.super.prepare(columns, x, xOffset, aligned, scratch);
        BlockSums.fill(1, x, xOffset, columns, scratch, RowsInFlight.SHARED);
    }

    @Override
    public void multiply(
            MemorySegment data,
            long rowBytes,
            int columns,
            int first,
            int apart,
            MemorySegment x,
            float[] y,
            int yOffset,
            float[] scratch) {
        int blocks = columns / 32;
        long step = apart * rowBytes;
        RowsInFlight.clear(scratch);
        for (int b = 0; b < blocks; b++) {
            FloatVector sums = FloatVector.fromArray(Lanes.FLOATS, scratch, RowsInFlight.SHARED + b * Lanes.COUNT);
            long block = first * rowBytes + b * 20L;
            for (int r = 0; r < RowsInFlight.COUNT; r++) {
                FloatVector sum = FloatVector.fromArray(Lanes.FLOATS, scratch, r * Lanes.COUNT);
                FloatVector products = FloatVector.zero(Lanes.FLOATS);
                for (int i = 0; i < 16; i += Lanes.BYTES.length()) {
                    ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 4 + i, Lanes.ORDER);
                    for (int part = 0; part < Lanes.PARTS; part++) {
                        int at = b * 32 + i + part * Lanes.COUNT;
                        IntVector n = (IntVector) bytes.convertShape(ZERO_EXTEND_B2I, Lanes.INTS, part);
                        IntVector n0 = n.and(15);
                        IntVector n1 = n.lanewise(LSHR, 4);
                        FloatVector w0 = (FloatVector) n0.convertShape(I2F, Lanes.FLOATS, 0);
                        FloatVector w1 = (FloatVector) n1.convertShape(I2F, Lanes.FLOATS, 0);
                        products =
                                w0.fma(FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * at, Lanes.ORDER), products);
                        products = w1.fma(
                                FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * (at + 16), Lanes.ORDER), products);
                    }
                }
                float scale = Halves.toFloat(data.get(Lanes.HALF, block));
                sum = products.fma(FloatVector.broadcast(Lanes.FLOATS, scale), sum);
                float minimum = Halves.toFloat(data.get(Lanes.HALF, block + 2));
                sum = sums.fma(FloatVector.broadcast(Lanes.FLOATS, minimum), sum);
                sum.intoArray(scratch, r * Lanes.COUNT);
                block += step;
            }
        }
        RowsInFlight.finish(scratch, first, apart, y, yOffset);
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, float[] y, int yOffset) {
        int blocks = columns / 32;
        for (int b = 0; b < blocks; b++) {
            long block = offset + b * 20L;
            FloatVector scale = FloatVector.broadcast(Lanes.FLOATS, Halves.toFloat(data.get(Lanes.HALF, block)));
            FloatVector shift = FloatVector.broadcast(Lanes.FLOATS, Halves.toFloat(data.get(Lanes.HALF, block + 2)));
            for (int i = 0; i < 16; i += Lanes.BYTES.length()) {
                ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 4 + i, Lanes.ORDER);
                for (int part = 0; part < Lanes.PARTS; part++) {
                    int at = yOffset + b * 32 + i + part * Lanes.COUNT;
                    IntVector n = (IntVector) bytes.convertShape(ZERO_EXTEND_B2I, Lanes.INTS, part);
                    IntVector n0 = n.and(15);
                    IntVector n1 = n.lanewise(LSHR, 4);
                    FloatVector w0 = ((FloatVector) n0.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale, shift);
                    FloatVector w1 = ((FloatVector) n1.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale, shift);
                    w0.intoArray(y, at);
                    w1.intoArray(y, at + 16);
                }
            }
        }
    }
}
