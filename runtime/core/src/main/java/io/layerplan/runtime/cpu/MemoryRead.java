package io.layerplan.runtime.cpu;

import io.layerplan.runtime.cpu.job.ColumnBlocks;
import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Buffers;
import io.layerplan.runtime.cpu.pass.RopeAngles;
import io.layerplan.runtime.cpu.pass.Stage;
import io.layerplan.runtime.cpu.pass.WorkerPool;
import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.RowKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// Times a plain read of memory by an executor's workers: memory that lies as repacked weights do, split into units as
/// a weight is. Processors differ in how many streams they read fastest, so several numbers are tried, and the best
/// one counts.
final class MemoryRead {
    private static final int[] STREAMS = {1, 2, 4, 8};

    /// What a row of a weight would be. Units have whole multiples of what most streams read in turn.
    private static final int ROW_BYTES = 4096;

    private static final int ROWS_TOGETHER = 8;
    private static final int ALIGNMENT = 64;

    /// What every byte is, and every word.
    private static final byte BYTE = 1;

    private static final int WORD = 0x01010101;

    /// Of a pass, so that what it takes to start one does not count.
    private static final long LEAST_BYTES = 64L << 20;

    private static final int LEAST_ROUNDS = 8;
    private static final double LEAST_SECONDS = 0.4;

    /// Before that the loop may not have been compiled, which makes it a hundred times slower.
    private static final double WARM_UP_SECONDS = 0.3;

    private final RowKernels kernels;
    private final MemorySegment words;
    private final ColumnBlocks blocks;
    private final WorkerPool pool;

    private MemoryRead(RowKernels kernels, MemorySegment words, WorkerPool pool) {
        this.kernels = kernels;
        this.words = words;
        this.pool = pool;
        int rows = Math.toIntExact(words.byteSize() / ROW_BYTES);
        this.blocks = ColumnBlocks.of(rows, ROW_BYTES, ROWS_TOGETHER, ROWS_TOGETHER, pool.size());
    }

    /// The best of several passes.
    ///
    /// @param bytes about as many are read again and again
    static double bytesPerSecond(RowKernels kernels, long bytes, int threads) {
        int least = ROW_BYTES * ROWS_TOGETHER;
        try (Arena arena = Arena.ofShared();
                WorkerPool pool = new WorkerPool(threads)) {
            MemorySegment words = arena.allocate(Math.max(1, bytes / least) * least, ALIGNMENT);
            words.fill(BYTE);
            return new MemoryRead(kernels, words, pool).best();
        }
    }

    private double best() {
        warmUp();
        int repeats = Math.toIntExact(Math.max(1, LEAST_BYTES / words.byteSize()));
        Stage[][] passes = Arrays.stream(STREAMS)
                .mapToObj(streams -> pass(streams, repeats))
                .toArray(Stage[][]::new);
        Batch batch = new Batch(new Buffers(List.of()), new KeyValueBlocks[0], new RopeAngles[0]);
        long best = Long.MAX_VALUE;
        long began = System.nanoTime();
        for (int round = 0; round < LEAST_ROUNDS || secondsSince(began) < LEAST_SECONDS; round++) {
            for (Stage[] pass : passes) {
                long start = System.nanoTime();
                pool.run(batch, pass, null);
                best = Math.min(best, System.nanoTime() - start);
            }
        }
        return (double) words.byteSize() * repeats / best * 1e9;
    }

    private void warmUp() {
        long began = System.nanoTime();
        while (secondsSince(began) < WARM_UP_SECONDS) {
            for (int streams : STREAMS) {
                read(streams, 0);
            }
        }
    }

    private Stage[] pass(int streams, int repeats) {
        Stage.Part part = (_, unit, _) -> read(streams, unit);
        Stage stage = new Stage(0, false, new Stage.Part[] {part}, new int[] {blocks.units(false)});
        Stage[] pass = new Stage[repeats];
        Arrays.fill(pass, stage);
        return pass;
    }

    /// Looks at the sum, or the JVM might leave the reads out.
    private void read(int streams, int unit) {
        long from = (long) blocks.from(unit, false) * ROW_BYTES;
        long bytes = (long) blocks.to(unit, false) * ROW_BYTES - from;
        if (kernels.sum(words, from, bytes, streams) != (int) (bytes / Integer.BYTES) * WORD) {
            throw new IllegalStateException("the memory was not read, or not what was written");
        }
    }

    private static double secondsSince(long nanoseconds) {
        return (System.nanoTime() - nanoseconds) / 1e9;
    }
}
