package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.B2F;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;

/// The 12 bytes in which Q4_K and Q5_K hold 8 scales and 8 minima of 6 bits, unpacked into a byte each, the first
/// lowest. As three integers `u, v, w`: the first four scales and minima are the low bits of the bytes of `u` and
/// `v`; of the others, `w` has the low halves, and the top bits of `u` and `v` what goes above.
final class SixBits {
    private static final int LOW_SIX = 0x3f3f3f3f;
    private static final int LOW_FOUR = 0x0f0f0f0f;
    private static final int LOW_TWO = 0x03030303;

    private SixBits() {}

    /// Where [#unpack] puts the scales and the minima, and the room it needs.
    static final int SCALES = RowsInFlight.SCALES;

    static final int MINIMA = SCALES + 16;
    static final int SCRATCH = SCALES + 32;

    /// Unpacks the 12 bytes at `offset` into floats: the scales times `d`, the minima times `m`.
    static void unpack(MemorySegment data, long offset, float d, float m, float[] to) {
        ByteVector scales =
                LongVector.broadcast(Lanes.LONGS, scales(data, offset)).reinterpretAsBytes();
        ByteVector minima =
                LongVector.broadcast(Lanes.LONGS, minima(data, offset)).reinterpretAsBytes();
        for (int part = 0; part < Lanes.PARTS; part++) {
            int at = part * Lanes.COUNT;
            ((FloatVector) scales.convertShape(B2F, Lanes.FLOATS, part)).mul(d).intoArray(to, SCALES + at);
            ((FloatVector) minima.convertShape(B2F, Lanes.FLOATS, part)).mul(m).intoArray(to, MINIMA + at);
        }
    }

    private static long scales(MemorySegment data, long offset) {
        int u = data.get(Lanes.INT, offset);
        int w = data.get(Lanes.INT, offset + 8);
        return join(u & LOW_SIX, (w & LOW_FOUR) | ((u >>> 6) & LOW_TWO) << 4);
    }

    private static long minima(MemorySegment data, long offset) {
        int v = data.get(Lanes.INT, offset + 4);
        int w = data.get(Lanes.INT, offset + 8);
        return join(v & LOW_SIX, ((w >>> 4) & LOW_FOUR) | ((v >>> 6) & LOW_TWO) << 4);
    }

    private static long join(int low, int high) {
        return ((long) high << 32) | low;
    }
}
