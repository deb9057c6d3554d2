package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/// F16: IEEE binary16, finite numbers only. The 15 bits of a magnitude, moved to where a float has its own, are the
/// float times 2^-112: a subnormal one where the exponent was 0. Processors that multiply those as fast as others take
/// weights so, and activations times 2^112. Others take a hundred times longer for subnormal operands; there the
/// exponent is made right first, and what that gives for an exponent of 0, `2^-15 · (1 + m)` for `2^-14 · m`, is twice
/// taken less 2^-14. The results are the same to the bit.
final class VectorF16 implements WeightFormat {
    private static final int UNIT_EXPONENT = 112;
    private static final float UNIT = 0x1p-112f;

    /// Sign and magnitude of a half, of which the sign is extended, 13 bits up.
    private static final int BITS = 0x8fffe000;

    /// In scratch: what sums are multiplied with.
    private static final int FACTOR = FourRows.SHARED;

    private final boolean multipliesSubnormals;

    /// @param multipliesSubnormals whether the processor multiplies subnormal operands as fast as others
    VectorF16(boolean multipliesSubnormals) {
        this.multipliesSubnormals = multipliesSubnormals;
    }

    @Override
    public int rows() {
        return FourRows.COUNT;
    }

    @Override
    public void prepare(int columns, float[] x, int xOffset, MemorySegment aligned, float[] scratch) {
        if (!multipliesSubnormals) {
            WeightFormat.super.prepare(columns, x, xOffset, aligned, scratch);
            scratch[FACTOR] = 1;
            return;
        }
        // Activations that 2^112 would make infinite are left smaller, and sums made larger.
        int excess = Math.max(0, VectorScale.exponent(columns, x, xOffset) - (Float.MAX_EXPONENT - 1 - UNIT_EXPONENT));
        float scale = Math.scalb(1f, UNIT_EXPONENT - excess);
        int whole = FourRows.whole(columns);
        for (int c = 0; c < whole; c += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.FLOATS, x, xOffset + c)
                    .mul(scale)
                    .intoMemorySegment(aligned, 4L * c, Lanes.ORDER);
        }
        for (int c = whole; c < columns; c++) {
            aligned.set(Lanes.FLOAT, 4L * c, scale * x[xOffset + c]);
        }
        scratch[FACTOR] = Math.scalb(1f, excess);
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
        if (multipliesSubnormals) {
            four(data, row, step, whole, x, scratch);
        } else {
            two(data, row, step, whole, x, scratch, 0);
            two(data, row + 2 * step, step, whole, x, scratch, 2 * Lanes.COUNT);
        }
        float unit = multipliesSubnormals ? UNIT : 1;
        for (int n = 0; n < FourRows.COUNT; n++) {
            float total = FourRows.sum(scratch, n);
            for (int c = whole; c < columns; c++) {
                float w = unit * element(data, row + n * step + 2L * c);
                total = Math.fma(w, x.get(Lanes.FLOAT, 4L * c), total);
            }
            y[yOffset + first + n * apart] = scratch[FACTOR] * total;
        }
    }

    private static void four(MemorySegment data, long row, long step, int whole, MemorySegment x, float[] scratch) {
        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum2 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum3 = FloatVector.zero(Lanes.FLOATS);
        for (int c = 0; c < whole; c += Lanes.COUNT) {
            FloatVector activations = FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * c, Lanes.ORDER);
            long at = row + 2L * c;
            sum0 = scaled(data, at).fma(activations, sum0);
            sum1 = scaled(data, at + step).fma(activations, sum1);
            sum2 = scaled(data, at + 2 * step).fma(activations, sum2);
            sum3 = scaled(data, at + 3 * step).fma(activations, sum3);
        }
        sum0.intoArray(scratch, 0);
        sum1.intoArray(scratch, Lanes.COUNT);
        sum2.intoArray(scratch, 2 * Lanes.COUNT);
        sum3.intoArray(scratch, 3 * Lanes.COUNT);
    }

    /// The JVM makes slow code of four rows here.
    private static void two(
            MemorySegment data, long row, long step, int whole, MemorySegment x, float[] scratch, int to) {
        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum1 = FloatVector.zero(Lanes.FLOATS);
        for (int c = 0; c < whole; c += Lanes.COUNT) {
            FloatVector activations = FloatVector.fromMemorySegment(Lanes.FLOATS, x, 4L * c, Lanes.ORDER);
            long at = row + 2L * c;
            sum0 = floats(data, at).fma(activations, sum0);
            sum1 = floats(data, at + step).fma(activations, sum1);
        }
        sum0.intoArray(scratch, to);
        sum1.intoArray(scratch, to + Lanes.COUNT);
    }

    /// Weights times [#UNIT].
    private static FloatVector scaled(MemorySegment data, long at) {
        return halves(data, at).lanewise(LSHL, 13).and(BITS).reinterpretAsFloats();
    }

    /// As many halves as a vector has floats, finite ones; none is subnormal on the way.
    static FloatVector floats(MemorySegment data, long at) {
        IntVector h = halves(data, at);
        IntVector normal = h.and(0x7fff).lanewise(LSHL, 13).add(UNIT_EXPONENT << 23);
        // Of floats of 0 and more, the lesser one is the lesser integer: for normal ones it is they themselves.
        IntVector magnitude = normal.reinterpretAsFloats()
                .fma(FloatVector.broadcast(Lanes.FLOATS, 2), FloatVector.broadcast(Lanes.FLOATS, -0x1p-14f))
                .reinterpretAsInts()
                .min(normal);
        return magnitude.or(h.and(1 << 31)).reinterpretAsFloats();
    }

    private static IntVector halves(MemorySegment data, long at) {
        return (IntVector) ShortVector.fromMemorySegment(Lanes.SHORTS, data, at, Lanes.ORDER)
                .convertShape(S2I, Lanes.INTS, 0);
    }

    private static float element(MemorySegment data, long at) {
        return Float.float16ToFloat(data.get(Lanes.HALF, at));
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
