package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// BF16: the upper halves of floats.
final class VectorBf16 implements WeightFormat {
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
                long at = row + 2L * c;
                IntVector h = (IntVector) ShortVector.fromMemorySegment(Lanes.SHORTS, data, at, Lanes.ORDER)
                        .convertShape(S2I, Lanes.INTS, 0);
                FloatVector w = h.lanewise(LSHL, 16).reinterpretAsFloats();
                sum = w.fma(FloatVector.fromArray(Lanes.FLOATS, x, xOffset + c), sum);
            }
            sum.intoArray(scratch, 0);
            float total = Lanes.sum(scratch);
            for (int c = whole; c < columns; c++) {
                long at = row + 2L * c;
                total = Math.fma(Float.intBitsToFloat(data.get(Lanes.HALF, at) << 16), x[xOffset + c], total);
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
