package io.layerplan.runtime.compiled;

import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.gguf.GgufBytes;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The weights of a file, over its mapping.
///
/// @param layout of those that the file holds in a layout
record StoredWeights(GgufFile file, String layout) implements WeightSource {
    @Override
    public @Nullable Matrix matrix(String name) {
        return file.tensor(name).map(GgufTensor::matrix).orElse(null);
    }

    @Override
    public Optional<MemorySegment> stored(String name) {
        return file.byteTensor(PackedWeights.storedName(name, layout)).map(GgufBytes::data);
    }
}
