package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;

/// The loops over one weight format, straight from the bytes of the file. The formulas are those of
/// `io.layerplan.runtime.kernel.scalar.ScalarDequantize`; every format has its own class, so that each is compiled
/// by itself.
interface WeightFormat {
    /// Puts into scratch, from [RowsInFlight#SHARED] on, what the products of all rows with `x` have in common.
    default void prepare(int columns, float[] x, int xOffset, float[] scratch) {}

    /// Whether each row is read from end to end, and the next one after it, rather than [RowsInFlight#COUNT] far apart.
    /// Then a sum stays in a register, and the processor fetches ahead of the one stream. Not tried for formats in
    /// blocks, which are mostly repacked. Rows too long for it go in stretches ([RowsInFlight#stretch]).
    default boolean inTurn() {
        return false;
    }

    /// `y[yOffset + r] = Σ_c data[r, c] · x[xOffset + c]` for [RowsInFlight#COUNT] rows, `apart` from each other.
    ///
    /// @param columns a multiple of the format's block
    /// @param x       aligned to a line of the cache
    /// @param scratch room for [RowsInFlight#scratch] floats, prepared for `x`
    void multiply(
            MemorySegment data,
            long rowBytes,
            int columns,
            int first,
            int apart,
            MemorySegment x,
            float[] y,
            int yOffset,
            float[] scratch);

    /// Decodes `columns` elements from byte `offset` on.
    ///
    /// @param columns a multiple of the format's block
    void decode(MemorySegment data, long offset, int columns, float[] y, int yOffset);
}
