package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Q4_K: super-blocks of 256; a byte holds an element of sub-block `2i` and one of sub-block `2i + 1`.
final class VectorQ4K implements WeightFormat {
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
        int blocks = columns / 256;
        long step = apart * rowBytes;
        RowsInFlight.clear(scratch);
        for (int b = 0; b < blocks; b++) {
            long block = first * rowBytes + b * 144L;
            for (int r = 0; r < RowsInFlight.COUNT; r++) {
                FloatVector sum0 = FloatVector.fromArray(Lanes.FLOATS, scratch, r * Lanes.COUNT);
                FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
                float d = Halves.toFloat(data.get(Lanes.HALF, block));
                float m = -Halves.toFloat(data.get(Lanes.HALF, block + 2));
                SixBits.unpack(data, block + 4, d, m, scratch);
                for (int pair = 0; pair < 4; pair++) {
                    FloatVector scale0 = FloatVector.broadcast(Lanes.FLOATS, scratch[SixBits.SCALES + 2 * pair]);
                    FloatVector scale1 = FloatVector.broadcast(Lanes.FLOATS, scratch[SixBits.SCALES + 2 * pair + 1]);
                    FloatVector offset0 = FloatVector.broadcast(Lanes.FLOATS, scratch[SixBits.MINIMA + 2 * pair]);
                    FloatVector offset1 = FloatVector.broadcast(Lanes.FLOATS, scratch[SixBits.MINIMA + 2 * pair + 1]);
                    long run = block + 16 + 32L * pair;
                    for (int i = 0; i < 32; i += Lanes.BYTES.length()) {
                        ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, run + i, Lanes.ORDER);
                        for (int part = 0; part < Lanes.PARTS; part++) {
                            int at = b * 256 + pair * 64 + i + part * Lanes.COUNT;
                            IntVector n = (IntVector) bytes.convertShape(ZERO_EXTEND_B2I, Lanes.INTS, part);
                            IntVector n0 = n.and(15);
                            IntVector n1 = n.lanewise(LSHR, 4);
                            FloatVector w0 = ((FloatVector) n0.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale0, offset0);
                            FloatVector w1 = ((FloatVector) n1.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale1, offset1);
                            sum0 = w0.fma(FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * at, Lanes.ORDER), sum0);
                            sum1 = w1.fma(
                                    FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * (at + 32), Lanes.ORDER), sum1);
                        }
                    }
                }
                sum0.add(sum1).intoArray(scratch, r * Lanes.COUNT);
                block += step;
            }
        }
        RowsInFlight.finish(scratch, first, apart, y, yOffset);
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, float[] y, int yOffset) {
        float[] scratch = new float[SixBits.SCRATCH];
        int blocks = columns / 256;
        for (int b = 0; b < blocks; b++) {
            long block = offset + b * 144L;
            float d = Halves.toFloat(data.get(Lanes.HALF, block));
            float m = -Halves.toFloat(data.get(Lanes.HALF, block + 2));
            SixBits.unpack(data, block + 4, d, m, scratch);
            for (int pair = 0; pair < 4; pair++) {
                FloatVector scale0 = FloatVector.broadcast(Lanes.FLOATS, scratch[SixBits.SCALES + 2 * pair]);
                FloatVector scale1 = FloatVector.broadcast(Lanes.FLOATS, scratch[SixBits.SCALES + 2 * pair + 1]);
                FloatVector offset0 = FloatVector.broadcast(Lanes.FLOATS, scratch[SixBits.MINIMA + 2 * pair]);
                FloatVector offset1 = FloatVector.broadcast(Lanes.FLOATS, scratch[SixBits.MINIMA + 2 * pair + 1]);
                long run = block + 16 + 32L * pair;
                for (int i = 0; i < 32; i += Lanes.BYTES.length()) {
                    ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, run + i, Lanes.ORDER);
                    for (int part = 0; part < Lanes.PARTS; part++) {
                        int at = yOffset + b * 256 + pair * 64 + i + part * Lanes.COUNT;
                        IntVector n = (IntVector) bytes.convertShape(ZERO_EXTEND_B2I, Lanes.INTS, part);
                        IntVector n0 = n.and(15);
                        IntVector n1 = n.lanewise(LSHR, 4);
                        FloatVector w0 = ((FloatVector) n0.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale0, offset0);
                        FloatVector w1 = ((FloatVector) n1.convertShape(I2F, Lanes.FLOATS, 0)).fma(scale1, offset1);
                        w0.intoArray(y, at);
                        w1.intoArray(y, at + 32);
                    }
                }
            }
        }
    }
}
