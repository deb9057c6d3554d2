package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;

/// The loops over one weight format, straight from the bytes of the file. The formulas are those of
/// `io.layerplan.runtime.kernel.scalar.ScalarDequantize`; every format has its own class, so that each is compiled
/// by itself.
interface WeightFormat {
    /// How many rows are multiplied at a time.
    default int rows() {
        return RowsInFlight.COUNT;
    }

    /// Takes over a token, and puts into scratch, from [RowsInFlight#SHARED] on, or [FourRows#SHARED], what the
    /// products of all rows with it have in common.
    ///
    /// @param aligned room for `columns` floats, where [#multiply] finds `x`
    default void prepare(int columns, float[] x, int xOffset, MemorySegment aligned, float[] scratch) {
        MemorySegment.copy(x, xOffset, aligned, Lanes.FLOAT, 0, columns);
    }

    /// `y[yOffset + r] = Σ_c data[r, c] · x[xOffset + c]` for [#rows] rows, `apart` from each other.
    ///
    /// @param columns a multiple of the format's block
    /// @param x       as prepared, aligned to a line of the cache
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
