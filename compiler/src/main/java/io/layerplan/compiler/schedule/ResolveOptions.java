package io.layerplan.compiler.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What the command line adds to a plan file.
///
/// @param planName the value of `--plan`
/// @param overrides the values of `--set`, by parameter name, as the user wrote them
public record ResolveOptions(Optional<String> planName, Map<String, String> overrides) {
    public static final ResolveOptions NONE = new ResolveOptions(Optional.empty(), Map.of());

    public ResolveOptions {
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    }
}
