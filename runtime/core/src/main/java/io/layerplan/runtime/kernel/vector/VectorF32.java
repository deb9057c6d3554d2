package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// F32: floats as they are.
final class VectorF32 implements WeightFormat {
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
            long at = row + 4L * c;
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
                total = Math.fma(element(data, row + n * step + 4L * c), x.get(Lanes.FLOAT, 4L * c), total);
            }
            y[yOffset + first + n * apart] = total;
        }
    }

    private static FloatVector floats(MemorySegment data, long at) {
        return FloatVector.fromMemorySegment(Lanes.FLOATS, data, at, Lanes.ORDER);
    }

    private static float element(MemorySegment data, long at) {
        return data.get(Lanes.FLOAT, at);
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, float[] y, int yOffset) {
        int whole = FourRows.whole(columns);
        for (int c = 0; c < whole; c += Lanes.COUNT) {
            floats(data, offset + 4L * c).intoArray(y, yOffset + c);
        }
        for (int c = whole; c < columns; c++) {
            y[yOffset + c] = element(data, offset + 4L * c);
        }
    }
}
