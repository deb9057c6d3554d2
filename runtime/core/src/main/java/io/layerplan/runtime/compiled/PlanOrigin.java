package io.layerplan.runtime.compiled;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a program was compiled from.
///
/// @param sourceName the plan's file, or what stands for it
/// @param source     the plan's text
/// @param settings   what else decided over the program, by name: values of the plan's parameters, options
public record PlanOrigin(String sourceName, String source, Map<String, String> settings) {
    public PlanOrigin {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
