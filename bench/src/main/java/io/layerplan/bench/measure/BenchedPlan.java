package io.layerplan.bench.measure;

import io.layerplan.runtime.Executor;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// A plan that takes part.
///
/// @param name      what the results call it
/// @param text      of the plan
/// @param baseline  whether it is there for the others to be compared with
/// @param executors of its variants, at least one
/// @param closing   ends what the executors are made of, the executors included
public record BenchedPlan(
        String name, String text, boolean baseline, Map<Variant, Executor> executors, Runnable closing)
        implements AutoCloseable {
    public BenchedPlan {
        executors = Collections.unmodifiableMap(new EnumMap<>(executors));
    }

    @Override
    public void close() {
        closing.run();
    }
}
