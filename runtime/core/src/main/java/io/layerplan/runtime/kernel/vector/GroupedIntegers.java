package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.QuantisedRow;
import java.lang.foreign.MemorySegment;

/// Codes and activations are multiplied and added as 16-bit integers, which the layout's columns in a lane are few
/// enough for, and a block's sum is scaled as a float.
///
/// Where products of a block go into two sums in turn, each begins with a half of what the format's offset takes off.
/// One that began with zero would wait for it: the compiler keeps the vector of zeros in a register, for which there is
/// none left, so that it went to the stack and back for every block, which took a third of Q4_K's time.
interface GroupedIntegers extends GroupedFormat {
    /// Has a row ready what [#multiply] asks of it, before anything is timed.
    default void prepare(QuantisedRow x) {}

    /// `sums[32 g + i] += Σ_c data[32 (first + g) + i, c] · x[c]` for `runs · count` groups `g`, in the order of
    /// [GroupedFormat].
    ///
    /// @param columns a multiple of the format's block
    void multiply(
            MemorySegment data,
            long groupBytes,
            int columns,
            int first,
            int runs,
            int count,
            QuantisedRow x,
            float[] sums);
}
