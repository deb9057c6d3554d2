package io.layerplan.runtime.backend;

import java.util.List;

/// What a backend can run on.
///
/// @param number       what `--device` calls it
/// @param name         the device's own name
/// @param driver       what it is driven by: `OpenCL`, `CUDA`; `JVM` for the processor
/// @param memoryBytes  its memory
/// @param largestBytes the most that one allocation can have
/// @param units        compute units, or cores
/// @param capabilities what it can do beyond the least, for people
public record Device(
        int number,
        String name,
        String driver,
        long memoryBytes,
        long largestBytes,
        int units,
        List<String> capabilities) {
    public Device {
        capabilities = List.copyOf(capabilities);
    }
}
