package io.layerplan.compiler.model;

import io.layerplan.runtime.tensor.Matrix;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A model: its traits, and all weights of [WeightShapes#of] by name.
public record Model(ModelSpec spec, Map<String, Matrix> weights) {
    public Model {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
        if (!weights.keySet().containsAll(WeightShapes.of(spec).keySet())) {
            throw new IllegalArgumentException(spec.name() + " lacks weights");
        }
    }

    /// The weight of this name.
    ///
    /// @throws IllegalArgumentException if the model has none
    public Matrix weight(String name) {
        return Optional.ofNullable(weights.get(name))
                .orElseThrow(() -> new IllegalArgumentException(spec.name() + " has no weight " + name));
    }
}
