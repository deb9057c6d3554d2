package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;

/// Codes become floats and are multiplied with activations that are; a block's sum is scaled.
interface GroupedFloats extends GroupedFormat {
    /// `sums[16 g + i] += Σ_c data[16 (first + g · apart) + i, c] · x[xOffset + c]` for `count` groups `g`.
    ///
    /// @param columns a multiple of the format's block
    void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int apart,
            int count,
            float[] x,
            int xOffset,
            float[] sums);
}
