package io.layerplan.runtime.cpu;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting for other workers, which takes microseconds where every worker has a processor.
final class Waiting {
    private static final int SPINS = 10_000;

    private Waiting() {}

    /// Spins until `condition` holds; after a while processors are left to others between two looks.
    static void until(BooleanSupplier condition) {
        for (int spins = 0; !condition.getAsBoolean(); spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(1_000);
            }
        }
    }
}
