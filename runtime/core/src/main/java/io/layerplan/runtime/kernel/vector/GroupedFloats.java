package io.layerplan.runtime.kernel.vector;

import java.lang.foreign.MemorySegment;

/// Codes become floats and are multiplied with activations that are; a block's sum is scaled.
interface GroupedFloats extends GroupedFormat {
    /// `sums[32 g + i] += Σ_c data[32 (first + g) + i, c] · x[xOffset + c]` for `runs · count` groups `g`, in the order
    /// of [GroupedFormat].
    ///
    /// @param columns a multiple of the format's block
    void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int runs,
            int count,
            float[] x,
            int xOffset,
            float[] sums);
}
