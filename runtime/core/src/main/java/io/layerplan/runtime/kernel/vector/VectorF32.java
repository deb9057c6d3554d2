package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// F32: floats as they are.
final class VectorF32 implements WeightFormat {
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
        int whole = columns / Lanes.COUNT * Lanes.COUNT;
        for (int r = from; r < to; r++) {
            long row = r * rowBytes;
            FloatVector sum = FloatVector.zero(Lanes.FLOATS);
            for (int c = 0; c < whole; c += Lanes.COUNT) {
                long at = row + 4L * c;
                FloatVector w = FloatVector.fromMemorySegment(Lanes.FLOATS, data, at, Lanes.ORDER);
                sum = w.fma(FloatVector.fromArray(Lanes.FLOATS, x, xOffset + c), sum);
            }
            sum.intoArray(scratch, 0);
            float total = Lanes.sum(scratch);
            for (int c = whole; c < columns; c++) {
                long at = row + 4L * c;
                total = Math.fma(data.get(Lanes.FLOAT, at), x[xOffset + c], total);
            }
            y[yOffset + r] = total;
        }
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, float[] y, int yOffset) {
        int whole = columns / Lanes.COUNT * Lanes.COUNT;
        for (int c = 0; c < whole; c += Lanes.COUNT) {
            long at = offset + 4L * c;
            FloatVector w = FloatVector.fromMemorySegment(Lanes.FLOATS, data, at, Lanes.ORDER);
            w.intoArray(y, yOffset + c);
        }
        for (int c = whole; c < columns; c++) {
            long at = offset + 4L * c;
            y[yOffset + c] = data.get(Lanes.FLOAT, at);
        }
    }
}
