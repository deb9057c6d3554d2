package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// BF16: the upper halves of floats.
final class VectorBf16 implements WeightFormat {
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
                    long at = row + 2L * c;
                    IntVector h = (IntVector) ShortVector.fromMemorySegment(Lanes.SHORTS, data, at, Lanes.ORDER)
                            .convertShape(S2I, Lanes.INTS, 0);
                    FloatVector w = h.lanewise(LSHL, 16).reinterpretAsFloats();
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
                long at = tail + 2L * c;
                total = Math.fma(
                        Float.intBitsToFloat(data.get(Lanes.HALF, at) << 16), x.get(Lanes.FLOAT, 4L * c), total);
            }
            y[yOffset + r] = total;
        }
    }

    @Override
    public void decode(MemorySegment data, long offset, int columns, float[] y, int yOffset) {
        int whole = columns / Lanes.COUNT * Lanes.COUNT;
        for (int c = 0; c < whole; c += Lanes.COUNT) {
            long at = offset + 2L * c;
            IntVector h = (IntVector) ShortVector.fromMemorySegment(Lanes.SHORTS, data, at, Lanes.ORDER)
                    .convertShape(S2I, Lanes.INTS, 0);
            FloatVector w = h.lanewise(LSHL, 16).reinterpretAsFloats();
            w.intoArray(y, yOffset + c);
        }
        for (int c = whole; c < columns; c++) {
            long at = offset + 2L * c;
            y[yOffset + c] = Float.intBitsToFloat(data.get(Lanes.HALF, at) << 16);
        }
    }
}
