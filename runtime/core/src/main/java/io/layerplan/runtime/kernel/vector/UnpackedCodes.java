package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.*;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;

/// The codes of a block in a [io.layerplan.runtime.kernel.grouped.GroupedLayout], of one vector of rows, as the 16-bit
/// integers of a [CodeFormat]'s tile.
final class UnpackedCodes {
    private static final int LOW = 0x000F000F;
    private static final int HIGH = 0x00300030;
    private static final int ONE = 0x00010001;
    private static final int FIVE = 0x001F001F;
    private static final int SIX = 0x003F003F;
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
        IntVector last = IntVector.zero(Lanes.INTS);
        long at = to;
        for (int v = 0; v < 5; v++) {
            IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, from + GroupedFormat.WORDS * v, Lanes.ORDER);
            last = last.or(q.lanewise(LSHR, 15 - v).and(ONE << v));
            for (int k = 0; k < 3; k++) {
                q.lanewise(LSHR, 5 * k)
                        .and(FIVE)
                        .reinterpretAsShorts()
                        .sub((short) offset)
                        .reinterpretAsInts()
                        .intoMemorySegment(tile, at + k * NEXT, Lanes.ORDER);
            }
            at += 3 * NEXT;
        }
        last.reinterpretAsShorts().sub((short) offset).reinterpretAsInts().intoMemorySegment(tile, at, Lanes.ORDER);
    }

    /// Codes of 6 bits, those of half a block.
    static void six(MemorySegment data, long from, int offset, MemorySegment tile, long to) {
        IntVector high = IntVector.fromMemorySegment(Lanes.INTS, data, from + 2 * GroupedFormat.WORDS, Lanes.ORDER);
        for (int v = 0; v < 3; v++) {
            IntVector q = IntVector.fromMemorySegment(Lanes.INTS, data, from + GroupedFormat.WORDS * v, Lanes.ORDER);
            for (int k = 0; k < 2; k++) {
                q.lanewise(LSHR, 6 * k)
                        .and(SIX)
                        .reinterpretAsShorts()
                        .sub((short) offset)
                        .reinterpretAsInts()
                        .intoMemorySegment(tile, to + (2 * v + k) * NEXT, Lanes.ORDER);
            }
            if (v < 2) {
                q.lanewise(LSHR, 12)
                        .and(LOW)
                        .or(high.lanewise(LSHR, 8 + 2 * v).and(HIGH))
                        .reinterpretAsShorts()
                        .sub((short) offset)
                        .reinterpretAsInts()
                        .intoMemorySegment(tile, to + (6 + v) * NEXT, Lanes.ORDER);
            }
        }
    }
}
