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
    /// Vectors of 64 bytes that the low bits of a block's codes fill. Loops over them take it from a field that is no
    /// constant to the JVM, and two vectors a turn: else it would unroll them, and load vectors in an order of its own,
    /// the last one first, which reads memory a quarter slower.
    int LOW_VECTORS = 4;

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
