package io.layerplan.bench.measure;

import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.backend.Device;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// The memory that weights lie in: main memory, or a device's own.
///
/// @param threads that read main memory
record WeightMemory(Target target, int threads) {
    /// More than caches hold.
    private static final long BEYOND_CACHES = 1L << 30;

    /// Parts of the memory that is left, and of a device's largest allocation, that are taken for a read at most: the
    /// programs are there already. Of the heap's bound too, which the JVM counts such memory against.
    private static final int PARTS = 8;

    /// How fast it is read beyond the caches; empty where the backend cannot tell.
    Optional<ReadBandwidth> beyondCaches() {
        // Asked anew: what a machine has left is less now that weights have been repacked.
        Device device = Backends.device(backend(), target.device().number());
        long most = Math.min(device.memoryBytes() / PARTS, device.largestBytes() / 2);
        long bound = Runtime.getRuntime().maxMemory();
        long ours = Math.min(bound / PARTS, Math.max(0, bound - direct()) / 2);
        return of(Math.min(BEYOND_CACHES, Math.min(most, ours)));
    }

    /// How fast so many bytes are read, which caches may hold; empty where the backend cannot tell.
    Optional<ReadBandwidth> of(long bytes) {
        return backend().readSpeed(target.device().number(), bytes, threads).stream()
                .mapToObj(speed -> new ReadBandwidth(bytes, speed / 1e9))
                .findFirst();
    }

    /// What is counted against the bound already, repacked weights above all.
    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getTotalCapacity)
                .sum();
    }

    private Backend backend() {
        return Backends.named(target.backend());
    }
}
