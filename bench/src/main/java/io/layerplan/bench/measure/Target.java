package io.layerplan.bench.measure;

import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.backend.Device;

/// What the programs run on.
///
/// @param backend its name: `cpu`, `tornado`
public record Target(String backend, Device device) {
    /// Whether it is this machine's processor: then weights lie in main memory, which workers read.
    public boolean isProcessor() {
        return backend.equals(Backends.USUAL);
    }
}
