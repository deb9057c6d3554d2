package io.layerplan.runtime.cpu.pass;

import java.util.concurrent.locks.LockSupport;

/// Waiting for other workers, which takes less than a microsecond where every worker has a processor.
final class Waiting {
    private static final int SPINS = 10_000;

    private final boolean haveProcessors;

    /// @param haveProcessors whether there is a processor for every worker
    Waiting(boolean haveProcessors) {
        this.haveProcessors = haveProcessors;
    }

    /// Looks until so many units are done. Where workers share processors, others run between two looks, and after a
    /// while everywhere.
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on who runs then.
    void until(Claims claims, long done) {
        for (int looks = 0; claims.done() < done; looks++) {
            if (looks >= SPINS) {
                LockSupport.parkNanos(1_000);
            } else if (haveProcessors) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}
