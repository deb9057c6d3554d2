package io.layerplan.runtime.gguf;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// A tensor of GGUF's type `I8`, which is no weight: bytes whose meaning those know who wrote them.
///
/// @param shape as [GgufTensor#shape]
/// @param data  read-only
public record GgufBytes(String name, List<Long> shape, MemorySegment data) {
    /// The type's number in a GGUF file.
    static final int GGUF_CODE = 24;

    public GgufBytes {
        shape = List.copyOf(shape);
    }
}
