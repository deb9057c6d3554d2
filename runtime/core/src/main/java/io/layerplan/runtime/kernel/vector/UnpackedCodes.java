package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;

/// The codes of a block in a [io.layerplan.runtime.kernel.grouped.GroupedLayout], of one vector of rows, as the 16-bit
/// integers of a [CodeFormat]'s tile.
final class UnpackedCodes {
    private static final int LOW = 0x000F000F;
    private static final int FIFTH = 0x00100010;
    private static final int TOP = 0x00300030;
    private static final long NEXT = CodeFormat.ROW_BYTES;

    private UnpackedCodes() {}

    /// Codes of 4 bits.
    ///
    /// @param from   where the rows' codes begin
    /// @param offset what is taken from a code
    /// @param to     where the rows begin in the block's part of the tile
    static void four(MemorySegment data, long from, int offset, MemorySegment tile, long to) {
        long at = to;
        for (int v = 0; v < 4; v++) {
            IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, from + GroupedFormat.WORDS * v, Lanes.ORDER);
            IntVector w0 = q.and(LOW);
            IntVector w1 = q.lanewise(LSHR, 4).and(LOW);
            IntVector w2 = q.lanewise(LSHR, 8).and(LOW);
            IntVector w3 = q.lanewise(LSHR, 12).and(LOW);
            w0.reinterpretAsShorts().sub((short) offset).reinterpretAsInts().intoMemorySegment(tile, at, Lanes.ORDER);
            w1.reinterpretAsShorts()
                    .sub((short) offset)
                    .reinterpretAsInts()
                    .intoMemorySegment(tile, at + NEXT, Lanes.ORDER);
            w2.reinterpretAsShorts()
                    .sub((short) offset)
                    .reinterpretAsInts()
                    .intoMemorySegment(tile, at + 2 * NEXT, Lanes.ORDER);
            w3.reinterpretAsShorts()
                    .sub((short) offset)
                    .reinterpretAsInts()
                    .intoMemorySegment(tile, at + 3 * NEXT, Lanes.ORDER);
            at += 4 * NEXT;
        }
    }

    /// Codes of 5 bits.
    static void five(MemorySegment data, long from, int offset, MemorySegment tile, long to) {
        long at = to;
        IntVector h = IntVector.fromMemorySegment(Lanes.INTS, data, from + 4 * GroupedFormat.WORDS, Lanes.ORDER);
        for (int v = 0; v < 4; v++) {
            IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, from + GroupedFormat.WORDS * v, Lanes.ORDER);
            IntVector w0 = q.and(LOW).or(h.lanewise(LSHL, 4 - v).and(FIFTH));
            IntVector w1 = q.lanewise(LSHR, 4).and(LOW).or(h.lanewise(LSHR, v).and(FIFTH));
            IntVector w2 =
                    q.lanewise(LSHR, 8).and(LOW).or(h.lanewise(LSHR, v + 4).and(FIFTH));
            IntVector w3 =
                    q.lanewise(LSHR, 12).and(LOW).or(h.lanewise(LSHR, v + 8).and(FIFTH));
            w0.reinterpretAsShorts().sub((short) offset).reinterpretAsInts().intoMemorySegment(tile, at, Lanes.ORDER);
            w1.reinterpretAsShorts()
                    .sub((short) offset)
                    .reinterpretAsInts()
                    .intoMemorySegment(tile, at + NEXT, Lanes.ORDER);
            w2.reinterpretAsShorts()
                    .sub((short) offset)
                    .reinterpretAsInts()
                    .intoMemorySegment(tile, at + 2 * NEXT, Lanes.ORDER);
            w3.reinterpretAsShorts()
                    .sub((short) offset)
                    .reinterpretAsInts()
                    .intoMemorySegment(tile, at + 3 * NEXT, Lanes.ORDER);
            at += 4 * NEXT;
        }
    }

    /// Codes of 6 bits, those of half a block.
    ///
    /// @param top where the two highest bits of the rows' codes are
    static void six(MemorySegment data, long from, long top, int offset, MemorySegment tile, long to) {
        long at = to;
        IntVector h = IntVector.fromMemorySegment(Lanes.INTS, data, top, Lanes.ORDER);
        for (int v = 0; v < 2; v++) {
            int shift = 2 * v;
            IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, from + GroupedFormat.WORDS * v, Lanes.ORDER);
            IntVector w0 = q.and(LOW).or(h.lanewise(LSHL, 4 - shift).and(TOP));
            IntVector w1 =
                    q.lanewise(LSHR, 4).and(LOW).or(h.lanewise(LSHR, shift).and(TOP));
            IntVector w2 =
                    q.lanewise(LSHR, 8).and(LOW).or(h.lanewise(LSHR, shift + 4).and(TOP));
            IntVector w3 =
                    q.lanewise(LSHR, 12).and(LOW).or(h.lanewise(LSHR, shift + 8).and(TOP));
            w0.reinterpretAsShorts().sub((short) offset).reinterpretAsInts().intoMemorySegment(tile, at, Lanes.ORDER);
            w1.reinterpretAsShorts()
                    .sub((short) offset)
                    .reinterpretAsInts()
                    .intoMemorySegment(tile, at + NEXT, Lanes.ORDER);
            w2.reinterpretAsShorts()
                    .sub((short) offset)
                    .reinterpretAsInts()
                    .intoMemorySegment(tile, at + 2 * NEXT, Lanes.ORDER);
            w3.reinterpretAsShorts()
                    .sub((short) offset)
                    .reinterpretAsInts()
                    .intoMemorySegment(tile, at + 3 * NEXT, Lanes.ORDER);
            at += 4 * NEXT;
        }
    }
}
