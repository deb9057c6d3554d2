package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;

/// BF16: the upper halves of floats.
final class VectorBf16 implements WeightFormat {
    @Override
    public int rows() {
        return FourRows.COUNT;
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
        int whole = FourRows.whole(columns);
        long row = first * rowBytes;
        long step = apart * rowBytes;
        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum2 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum3 = FloatVector.zero(Lanes.FLOATS);
        for (int c = 0; c < whole; c += Lanes.COUNT) {
            FloatVector activations = FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * c, Lanes.ORDER);
            long at = row + 2L * c;
            sum0 = floats(data, at).fma(activations, sum0);
            sum1 = floats(data, at + step).fma(activations, sum1);
            sum2 = floats(data, at + 2 * step).fma(activations, sum2);
            sum3 = floats(data, at + 3 * step).fma(activations, sum3);
        }
        sum0.intoArray(scratch, 0);
        sum1.intoArray(scratch, Lanes.COUNT);
        sum2.intoArray(scratch, 2 * Lanes.COUNT);
        sum3.intoArray(scratch, 3 * Lanes.COUNT);
        for (int n = 0; n < FourRows.COUNT; n++) {
            float total = FourRows.sum(scratch, n);
            for (int c = whole; c < columns; c++) {
                total = Math.fma(element(data, row + n * step + 2L * c), x.get(Lanes.FLOAT, 4L * c), total);
            }
            y[yOffset + first + n * apart] = total;
        }
    }

    private static FloatVector floats(MemorySegment data, long at) {
        return ShortVector.fromMemorySegment(Lanes.SHORTS, data, at, Lanes.ORDER)
                .convertShape(S2I, Lanes.INTS, 0)
                .reinterpretAsInts()
                .lanewise(LSHL, 16)
                .reinterpretAsFloats();
    }

    private static float element(MemorySegment data, long at) {
        return Float.intBitsToFloat(data.get(Lanes.HALF, at) << 16);
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, float[] y, int yOffset) {
        int whole = FourRows.whole(columns);
        for (int c = 0; c < whole; c += Lanes.COUNT) {
            floats(data, offset + 2L * c).intoArray(y, yOffset + c);
        }
        for (int c = whole; c < columns; c++) {
            y[yOffset + c] = element(data, offset + 2L * c);
        }
    }
}
