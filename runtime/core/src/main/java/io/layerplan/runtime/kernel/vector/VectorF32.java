package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// F32: floats as they are.
final class VectorF32 implements WeightFormat {
    @Override
    public boolean inTurn() {
        return true;
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
        int whole = columns / RowsInFlight.COLUMNS * RowsInFlight.COLUMNS;
        long step = apart * rowBytes;
        int stretch = RowsInFlight.stretch(columns);
        RowsInFlight.clear(scratch);
        for (int from = 0; from < whole; from += stretch) {
            int to = Math.min(from + stretch, whole);
            long row = first * rowBytes;
            for (int r = 0; r < RowsInFlight.COUNT; r++) {
                FloatVector sum = FloatVector.fromArray(Lanes.FLOATS, scratch, r * Lanes.COUNT);
                for (int c = from; c < to; c += Lanes.COUNT) {
                    long at = row + 4L * c;
                    FloatVector w = FloatVector.fromMemorySegment(Lanes.FLOATS, data, at, Lanes.ORDER);
                    sum = w.fma(FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * c, Lanes.ORDER), sum);
                }
                sum.intoArray(scratch, r * Lanes.COUNT);
                row += step;
            }
        }
        RowsInFlight.finish(scratch, first, apart, y, yOffset);
        for (int n = 0; whole < columns && n < RowsInFlight.COUNT; n++) {
            int r = first + n * apart;
            long tail = r * rowBytes;
            float total = Lanes.sum(scratch, n * Lanes.COUNT);
            for (int c = whole; c < columns; c++) {
                long at = tail + 4L * c;
                total = Math.fma(data.get(Lanes.FLOAT, at), x.get(Lanes.FLOAT, 4L * c), total);
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
