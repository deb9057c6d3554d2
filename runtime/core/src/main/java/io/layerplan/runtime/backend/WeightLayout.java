package io.layerplan.runtime.backend;

import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/// How a backend wants the weights of one program to lie, where that is not how they lie in a model's file.
/// `layerplan compile --pack` stores them so, and [Backend#open] finds them by [WeightSource#stored]. The bytes are the
/// same on every machine.
public interface WeightLayout {
    /// What compiled plans call it, its version included: `grouped-5`. Bytes that are laid out in another way go by
    /// another name.
    String name();

    /// How many bytes a weight of the program takes in this layout; empty for those that stay as they lie in the file.
    OptionalLong bytes(WeightReference weight);

    /// Whether the program also takes a weight that has [#bytes] as it lies in the file.
    boolean needsFile(WeightReference weight);

    /// A weight that has [#bytes], in parts, so that the whole need not fit into memory.
    ///
    /// @return its bytes in order, each part valid until the next one is asked for
    Iterable<MemorySegment> parts(Matrix weight);
}
