package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Q5_0: as Q4_0, with fifth bits in an integer of 32, each counted from -16. Lane `i` shifts its bit to bit 4.
final class VectorQ50 implements WeightFormat {
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
        BlockSums.fill(-16, x, xOffset, columns, scratch, Lanes.COUNT);
        for (int r = from; r < to; r++) {
            long row = r * rowBytes;
            FloatVector sum = FloatVector.zero(Lanes.FLOATS);
            for (int b = 0; b < blocks; b++) {
                long block = row + b * 22L;
                int high = data.get(Lanes.INT, block + 2);
                FloatVector products = FloatVector.fromArray(Lanes.FLOATS, scratch, (b + 1) * Lanes.COUNT);
                for (int i = 0; i < 16; i += Lanes.BYTES.length()) {
                    ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 6 + i, Lanes.ORDER);
                    for (int part = 0; part < Lanes.PARTS; part++) {
                        int c = i + part * Lanes.COUNT;
                        int at = xOffset + b * 32 + c;
                        IntVector n = (IntVector) bytes.convertShape(B2I, Lanes.INTS, part);
                        IntVector high0 = IntVector.broadcast(Lanes.INTS, Integer.rotateLeft(high, 4) >>> c)
                                .lanewise(LSHR, Lanes.NUMBERS);
                        IntVector high1 = IntVector.broadcast(Lanes.INTS, high >>> (12 + c))
                                .lanewise(LSHR, Lanes.NUMBERS);
                        IntVector n0 = n.and(15).or(high0.and(16));
                        IntVector n1 = n.lanewise(LSHR, 4).and(15).or(high1.and(16));
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
            long block = offset + b * 22L;
            float d = Float.float16ToFloat(data.get(Lanes.HALF, block));
            FloatVector scale = FloatVector.broadcast(Lanes.FLOATS, d);
            FloatVector shift = FloatVector.broadcast(Lanes.FLOATS, -16 * d);
            int high = data.get(Lanes.INT, block + 2);
            for (int i = 0; i < 16; i += Lanes.BYTES.length()) {
                ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 6 + i, Lanes.ORDER);
                for (int part = 0; part < Lanes.PARTS; part++) {
                    int c = i + part * Lanes.COUNT;
                    int at = yOffset + b * 32 + c;
                    IntVector n = (IntVector) bytes.convertShape(B2I, Lanes.INTS, part);
                    IntVector high0 = IntVector.broadcast(Lanes.INTS, Integer.rotateLeft(high, 4) >>> c)
                            .lanewise(LSHR, Lanes.NUMBERS);
                    IntVector high1 =
                            IntVector.broadcast(Lanes.INTS, high >>> (12 + c)).lanewise(LSHR, Lanes.NUMBERS);
                    IntVector n0 = n.and(15).or(high0.and(16));
                    IntVector n1 = n.lanewise(LSHR, 4).and(15).or(high1.and(16));
                    FloatVector w0 = ((FloatVector) n0.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale, shift);
                    FloatVector w1 = ((FloatVector) n1.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale, shift);
                    w0.intoArray(y, at);
                    w1.intoArray(y, at + 16);
                }
            }
        }
    }
}
