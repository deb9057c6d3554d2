package io.layerplan.runtime.kernel.vector;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Q6_K: super-blocks of 256 in two halves; a byte holds elements `j` and `j + 64` of a half, whose top two bits
/// lie in one byte of the high ones. A run is 16 bytes: 16 elements from each of two sub-blocks.
final class VectorQ6K implements WeightFormat {
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
            long block = first * rowBytes + b * 210L;
            for (int r = 0; r < RowsInFlight.COUNT; r++) {
                FloatVector sum0 = FloatVector.fromArray(Lanes.FLOATS, scratch, r * Lanes.COUNT);
                FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
                float d = Halves.toFloat(data.get(Lanes.HALF, block + 208));
                for (int i = 0; i < 16; i += Lanes.BYTES.length()) {
                    ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, block + 192 + i, Lanes.ORDER);
                    for (int part = 0; part < Lanes.PARTS; part++) {
                        FloatVector scales = (FloatVector) bytes.convertShape(B2F, Lanes.FLOATS, part);
                        scales.mul(d).intoArray(scratch, RowsInFlight.SCALES + i + part * Lanes.COUNT);
                    }
                }
                for (int run = 0; run < 8; run++) {
                    int half = run >> 2;
                    int odd = run >> 1 & 1;
                    int chunk = 16 * (run & 1);
                    long low = block + half * 64L + odd * 32L + chunk;
                    long high = block + 128 + half * 32L + chunk;
                    int scales = RowsInFlight.SCALES + half * 8 + odd * 2 + (run & 1);
                    FloatVector scale0 = FloatVector.broadcast(Lanes.FLOATS, scratch[scales]);
                    FloatVector scale1 = FloatVector.broadcast(Lanes.FLOATS, scratch[scales + 4]);
                    for (int i = 0; i < 16; i += Lanes.BYTES.length()) {
                        ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, low + i, Lanes.ORDER);
                        ByteVector highs = ByteVector.fromMemorySegment(Lanes.BYTES, data, high + i, Lanes.ORDER);
                        for (int part = 0; part < Lanes.PARTS; part++) {
                            int at = b * 256 + half * 128 + odd * 32 + chunk + i + part * Lanes.COUNT;
                            IntVector n = (IntVector) bytes.convertShape(ZERO_EXTEND_B2I, Lanes.INTS, part);
                            IntVector h = ((IntVector) highs.convertShape(ZERO_EXTEND_B2I, Lanes.INTS, part))
                                    .lanewise(LSHR, 2 * odd);
                            IntVector n0 =
                                    n.and(15).or(h.and(3).lanewise(LSHL, 4)).sub(32);
                            IntVector n1 = n.lanewise(LSHR, 4).or(h.and(48)).sub(32);
                            FloatVector w0 = ((FloatVector) n0.convertShape(I2F, Lanes.FLOATS, 0)).mul(scale0);
                            FloatVector w1 = ((FloatVector) n1.convertShape(I2F, Lanes.FLOATS, 0)).mul(scale1);
                            sum0 = w0.fma(FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * at, Lanes.ORDER), sum0);
                            sum1 = w1.fma(
                                    FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * (at + 64), Lanes.ORDER), sum1);
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
        int blocks = columns / 256;
        for (int b = 0; b < blocks; b++) {
            long block = offset + b * 210L;
            float d = Halves.toFloat(data.get(Lanes.HALF, block + 208));
            for (int run = 0; run < 8; run++) {
                int half = run >> 2;
                int odd = run >> 1 & 1;
                int chunk = 16 * (run & 1);
                long low = block + half * 64L + odd * 32L + chunk;
                long high = block + 128 + half * 32L + chunk;
                long scales = block + 192 + half * 8L + odd * 2L + (run & 1);
                FloatVector scale0 = FloatVector.broadcast(Lanes.FLOATS, d * data.get(JAVA_BYTE, scales));
                FloatVector scale1 = FloatVector.broadcast(Lanes.FLOATS, d * data.get(JAVA_BYTE, scales + 4));
                for (int i = 0; i < 16; i += Lanes.BYTES.length()) {
                    ByteVector bytes = ByteVector.fromMemorySegment(Lanes.BYTES, data, low + i, Lanes.ORDER);
                    ByteVector highs = ByteVector.fromMemorySegment(Lanes.BYTES, data, high + i, Lanes.ORDER);
                    for (int part = 0; part < Lanes.PARTS; part++) {
                        int at = yOffset + b * 256 + half * 128 + odd * 32 + chunk + i + part * Lanes.COUNT;
                        IntVector n = (IntVector) bytes.convertShape(ZERO_EXTEND_B2I, Lanes.INTS, part);
                        IntVector h = ((IntVector) highs.convertShape(ZERO_EXTEND_B2I, Lanes.INTS, part))
                                .lanewise(LSHR, 2 * odd);
                        IntVector n0 = n.and(15).or(h.and(3).lanewise(LSHL, 4)).sub(32);
                        IntVector n1 = n.lanewise(LSHR, 4).or(h.and(48)).sub(32);
                        FloatVector w0 = ((FloatVector) n0.convertShape(I2F, Lanes.FLOATS, 0)).mul(scale0);
                        FloatVector w1 = ((FloatVector) n1.convertShape(I2F, Lanes.FLOATS, 0)).mul(scale1);
                        w0.intoArray(y, at);
                        w1.intoArray(y, at + 64);
                    }
                }
            }
        }
    }
}
