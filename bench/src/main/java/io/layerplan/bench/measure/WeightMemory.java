package io.layerplan.bench.measure;

import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.backend.Device;
import java.util.Optional;

/// The memory that weights lie in: main memory, or a device's own.
///
/// @param threads that read main memory
record WeightMemory(Target target, int threads) {
    /// Parts of a device's memory, and of its largest allocation, that are taken for a read at most: the programs are
    /// there already. Of the heap's bound too, which the process's copy of the device's arrays counts against.
    private static final int PARTS = 8;

    /// How fast it is read beyond the caches; empty where the backend cannot tell.
    Optional<ReadBandwidth> beyondCaches() {
        if (target.isProcessor()) {
            return Optional.of(ReadBandwidth.ofMemory(threads));
        }
        Device device = target.device();
        long most = Math.min(device.memoryBytes() / PARTS, device.largestBytes() / 2);
        long ours = Runtime.getRuntime().maxMemory() / PARTS;
        return ofDevice(Math.min(ReadBandwidth.BEYOND_CACHES, Math.min(most, ours)));
    }

    /// How fast so many bytes are read, which caches may hold; empty where the backend cannot tell.
    Optional<ReadBandwidth> of(long bytes) {
        return target.isProcessor() ? Optional.of(ReadBandwidth.of(bytes, threads)) : ofDevice(bytes);
    }

    private Optional<ReadBandwidth> ofDevice(long bytes) {
        return Backends.named(target.backend()).readSpeed(target.device().number(), bytes).stream()
                .mapToObj(speed -> new ReadBandwidth(bytes, speed / 1e9))
                .findFirst();
    }
}
