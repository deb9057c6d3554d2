package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

/// Q8_0: 32 signed bytes and a scale. The products of a block are summed before they are scaled.
final class VectorQ80 implements WeightFormat {
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
        for (int r = from; r < to; r++) {
            long row = r * rowBytes;
            FloatVector sum = FloatVector.zero(Lanes.FLOATS);
            for (int b = 0; b < blocks; b++) {
                long block = row + b * 34L;
                FloatVector products = FloatVector.zero(Lanes.FLOATS);
                for (int i = 0; i < 32; i += Lanes.BYTES.length()) {
                    ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 2 + i, Lanes.ORDER);
                    for (int part = 0; part < Lanes.PARTS; part++) {
                        int at = xOffset + b * 32 + i + part * Lanes.COUNT;
                        FloatVector w = (FloatVector) bytes.convertShape(B2F, Lanes.FLOATS, part);
                        products = w.fma(FloatVector.fromArray(Lanes.FLOATS, x, at), products);
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
            long block = offset + b * 34L;
            float scale = Float.float16ToFloat(data.get(Lanes.HALF, block));
            for (int i = 0; i < 32; i += Lanes.BYTES.length()) {
                ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 2 + i, Lanes.ORDER);
                for (int part = 0; part < Lanes.PARTS; part++) {
                    int at = yOffset + b * 32 + i + part * Lanes.COUNT;
                    ((FloatVector) bytes.convertShape(B2F, Lanes.FLOATS, part))
                            .mul(scale)
                            .intoArray(y, at);
                }
            }
        }
    }
}
