package io.layerplan.runtime.backend;

import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an executor finds the weights of a program. Their memory outlives the executor.
@FunctionalInterface
public interface WeightSource {
    /// The weight of a name as it lies in a model's file, null where there is none.
    @Nullable
    Matrix matrix(String name);

    /// The bytes of the weight of a name in the backend's own [WeightLayout], where a compiled plan holds it so.
    default Optional<MemorySegment> stored(String name) {
        return Optional.empty();
    }
}
