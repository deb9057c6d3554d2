package io.layerplan.runtime.cpu;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.machine.PhysicalCores;
import io.layerplan.runtime.program.KeyValueFormat;

/// How a program is run on the CPU.
///
/// @param threads workers, the calling thread among them; results do not depend on their number
/// @param context the most positions of a sequence
/// @param batch   the most tokens that go through the program at a time
/// @param kv      how keys and values are stored
/// @param repack  whether weights are repacked in groups of rows where that makes products faster
public record CpuOptions(int threads, int context, int batch, KeyValueFormat kv, boolean repack) {
    /// Enough tokens to amortise decoding the weights, few enough to keep activations small.
    public static final int DEFAULT_BATCH = 256;

    private static final int MOST_THREADS = 1024;

    public CpuOptions {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new InputException(
                    "%d threads are not possible".formatted(threads), "give a number from 1 to " + MOST_THREADS);
        }
        if (context < 1) {
            throw new InputException("a context of %d positions holds no token".formatted(context), "give 1 or more");
        }
        if (batch < 1) {
            throw new InputException("a batch of %d tokens is empty".formatted(batch), "give 1 or more");
        }
    }

    /// With weights repacked.
    public CpuOptions(int threads, int context, int batch, KeyValueFormat kv) {
        this(threads, context, batch, kv, true);
    }

    /// With keys and values as they were computed.
    public CpuOptions(int threads, int context, int batch) {
        this(threads, context, batch, KeyValueFormat.F32);
    }

    /// One worker for each physical core and the usual batch.
    public static CpuOptions ofContext(int context) {
        return new CpuOptions(PhysicalCores.count(), context, DEFAULT_BATCH);
    }
}
