package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Q4_0: a byte holds elements `j` and `j + 16` of a block, each counted from -8.
final class VectorQ40 implements WeightFormat {
    @Override
    public void multiply(
            MemorySegment data,
            long rowBytes,
            int columns,
            int from,
            int to,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float[] scratch) {
        int blocks = columns / 32;
        BlockSums.fill(-8, x, xOffset, columns, scratch, Lanes.COUNT);
        for (int r = from; r < to; r++) {
            long row = r * rowBytes;
            FloatVector sum = FloatVector.zero(Lanes.FLOATS);
            for (int b = 0; b < blocks; b++) {
                long block = row + b * 18L;
                FloatVector products = FloatVector.fromArray(Lanes.FLOATS, scratch, (b + 1) * Lanes.COUNT);
                for (int i = 0; i < 16; i += Lanes.BYTES.length()) {
                    ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 2 + i, Lanes.ORDER);
                    for (int part = 0; part < Lanes.PARTS; part++) {
                        int at = xOffset + b * 32 + i + part * Lanes.COUNT;
                        IntVector n = (IntVector) bytes.convertShape(B2I, Lanes.INTS, part);
                        IntVector n0 = n.and(15);
                        IntVector n1 = n.lanewise(LSHR, 4).and(15);
                        FloatVector w0 = (FloatVector) n0.convertShape(I2F, Lanes.FLOATS, 0);
                        FloatVector w1 = (FloatVector) n1.convertShape(I2F, Lanes.FLOATS, 0);
                        products = w0.fma(FloatVector.fromArray(Lanes.FLOATS, x, at), products);
                        products = w1.fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 16), products);
                    }
                }
                float scale = Float.float16ToFloat(data.get(Lanes.HALF, block));
                sum = products.fma(FloatVector.broadcast(Lanes.FLOATS, scale), sum);
            }
            sum.intoArray(scratch, 0);
            y[yOffset + r] = Lanes.sum(scratch);
        }
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, float[] y, int yOffset) {
        int blocks = columns / 32;
        for (int b = 0; b < blocks; b++) {
            long block = offset + b * 18L;
            float d = Float.float16ToFloat(data.get(Lanes.HALF, block));
            FloatVector scale = FloatVector.broadcast(Lanes.FLOATS, d);
            FloatVector shift = FloatVector.broadcast(Lanes.FLOATS, -8 * d);
            for (int i = 0; i < 16; i += Lanes.BYTES.length()) {
                ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 2 + i, Lanes.ORDER);
                for (int part = 0; part < Lanes.PARTS; part++) {
                    int at = yOffset + b * 32 + i + part * Lanes.COUNT;
                    IntVector n = (IntVector) bytes.convertShape(B2I, Lanes.INTS, part);
                    IntVector n0 = n.and(15);
                    IntVector n1 = n.lanewise(LSHR, 4).and(15);
                    FloatVector w0 = ((FloatVector) n0.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale, shift);
                    FloatVector w1 = ((FloatVector) n1.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale, shift);
                    w0.intoArray(y, at);
                    w1.intoArray(y, at + 16);
                }
            }
        }
    }
}
