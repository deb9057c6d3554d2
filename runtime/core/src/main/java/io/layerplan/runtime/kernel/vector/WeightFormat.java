package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;

/// The loops over one weight format, straight from the bytes of the file. The formulas are those of
/// `io.layerplan.runtime.kernel.scalar.ScalarDequantize`; every format has its own class, so that each is compiled
/// by itself.
interface WeightFormat {
    /// `y[yOffset + r] = Σ_c data[r, c] · x[xOffset + c]` for the rows `from .. to - 1`.
    ///
    /// @param columns a multiple of the format's block
    /// @param scratch room for [Lanes#scratch] floats
    void multiply(
            MemorySegment data,
            long rowBytes,
            int columns,
            int from,
            int to,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset,
            float[] scratch);

    /// Decodes `columns` elements from byte `offset` on.
    ///
    /// @param columns a multiple of the format's block
    void decode(MemorySegment data, long offset, int columns, float[] y, int yOffset);
}
