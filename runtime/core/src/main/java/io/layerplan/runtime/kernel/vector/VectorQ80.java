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
            long block = first * rowBytes + b * 34L;
            for (int r = 0; r < RowsInFlight.COUNT; r++) {
                FloatVector sum = FloatVector.fromArray(Lanes.FLOATS, scratch, r * Lanes.COUNT);
                FloatVector products = FloatVector.zero(Lanes.FLOATS);
                for (int i = 0; i < 32; i += Lanes.BYTES.length()) {
                    ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 2 + i, Lanes.ORDER);
                    for (int part = 0; part < Lanes.PARTS; part++) {
                        int at = b * 32 + i + part * Lanes.COUNT;
                        FloatVector w = (FloatVector) bytes.convertShape(B2F, Lanes.FLOATS, part);
                        products =
                                w.fma(FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * at, Lanes.ORDER), products);
                    }
                }
                float scale = Halves.toFloat(data.get(Lanes.HALF, block));
                sum = products.fma(FloatVector.broadcast(Lanes.FLOATS, scale), sum);
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
            long block = offset + b * 34L;
            float scale = Halves.toFloat(data.get(Lanes.HALF, block));
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
