package io.layerplan.bench.measure;

import io.layerplan.runtime.backend.Backends;
import java.lang.management.ManagementFactory;

/// What was measured on.
///
/// @param cpu        as the system calls it
/// @param processors that this JVM may use
/// @param memory     bytes; 0 where the JVM does not tell
/// @param load       processes that wanted to run when the benchmark began, on average over a minute; negative where
///                   the system does not tell
/// @param java       version and vendor
public record Machine(String cpu, int processors, long memory, double load, String system, String java) {
    /// Of the processors, in others' hands.
    private static final double BUSY = 0.75;

    public static Machine ofThisProcess() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        long memory = system instanceof com.sun.management.OperatingSystemMXBean bean ? bean.getTotalMemorySize() : 0;
        return new Machine(
                Backends.device(Backends.named(Backends.USUAL), 0).name(),
                Runtime.getRuntime().availableProcessors(),
                memory,
                system.getSystemLoadAverage(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
    }

    /// Whether others had so much to do that a benchmark measures them.
    public boolean isBusy() {
        return load > processors * BUSY;
    }
}
