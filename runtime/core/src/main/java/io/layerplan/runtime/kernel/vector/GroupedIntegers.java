package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.QuantisedRow;
import java.lang.foreign.MemorySegment;

/// Codes and activations are multiplied and added as 16-bit integers, which the layout's columns in a lane are few
/// enough for, and a block's sum is scaled as a float.
interface GroupedIntegers extends GroupedFormat {
    /// `sums[16 g + i] += Σ_c data[16 (first + g · apart) + i, c] · x[c]` for `count` groups `g`.
    ///
    /// @param columns a multiple of the format's block
    void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int apart,
            int count,
            QuantisedRow x,
            float[] sums);
}
