package io.layerplan.runtime.kernel;

import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// How fast products stream each weight format, beside a plain read of as many bytes in the same run, and how fast
/// many tokens go through it: `java … KernelThroughput THREADS [MEGABYTES]`. A look at the kernels while working on
/// them; what is published is measured by the benchmarks of the bench module.
final class KernelThroughput {
    private static final int COLUMNS = 1024;
    private static final int SAMPLE_ROWS = RowKernels.TILE_ROWS;
    private static final int TOKENS = 256;
    private static final long NANOS_PER_CASE = 2_500_000_000L;

    private final RowKernels kernels = new VectorRowKernels();
    private final int threads;
    private final long bytes;
    private final ExecutorService pool;

    private KernelThroughput(int threads, long bytes) {
        this.threads = threads;
        this.bytes = bytes;
        this.pool = Executors.newFixedThreadPool(threads);
    }

    private interface Portion {
        void run(int thread);
    }

    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[0]);
        long megabytes = arguments.length > 1 ? Long.parseLong(arguments[1]) : 64;
        KernelThroughput throughput = new KernelThroughput(threads, megabytes << 20);
        System.out.printf("%s, %d threads, %d MB%n", throughput.kernels.name(), threads, megabytes);
        double read = throughput.read();
        System.out.printf(Locale.ROOT, "read  %6.1f GB/s%n", read);
        for (ElementType type : ElementType.values()) {
            throughput.measure(type, read);
        }
        throughput.pool.shutdown();
    }

    private double read() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment data = arena.allocate(bytes, 64);
            long share = bytes / threads / 64 * 64;
            long[] sums = new long[threads];
            double seconds = best(thread -> {
                long sum = 0;
                for (long o = thread * share; o < (thread + 1) * share; o += 64) {
                    for (int i = 0; i < 64; i += 8) {
                        sum += data.get(ValueLayout.JAVA_LONG, o + i);
                    }
                }
                sums[thread] = sum;
            });
            return share * threads / seconds / 1e9;
        }
    }

    private void measure(ElementType type, double read) {
        Matrix sample = RandomWeights.matrix("sample", type, SAMPLE_ROWS, COLUMNS, 0.03, new Random(1));
        try (Arena arena = Arena.ofShared()) {
            int copies = (int) Math.max(threads, bytes / sample.data().byteSize());
            MemorySegment data = arena.allocate(sample.data().byteSize() * copies, 64);
            for (int i = 0; i < copies; i++) {
                MemorySegment.copy(
                        sample.data(),
                        0,
                        data,
                        i * sample.data().byteSize(),
                        sample.data().byteSize());
            }
            int rows = SAMPLE_ROWS * copies;
            MatrixKernel matrix = kernels.matrix(new Matrix("weights", type, rows, COLUMNS, data));
            double decode = decode(matrix, rows);
            double rate = data.byteSize() / decode / 1e9;
            double prefill = prefill(matrix);
            System.out.printf(
                    Locale.ROOT,
                    "%-5s %6.1f GB/s  %3.0f%% of read  %5.1f G weights/s  %6.0f GFLOP/s at %d tokens%n",
                    type.label(),
                    rate,
                    100 * rate / read,
                    (double) rows * COLUMNS / decode / 1e9,
                    prefill,
                    TOKENS);
        }
    }

    private double decode(MatrixKernel matrix, int rows) {
        float[] x = KernelFixtures.random(COLUMNS, 2);
        float[] y = new float[rows];
        Scratch[] scratch = scratch();
        int share = rows / threads;
        return best(thread -> {
            for (int r = thread * share; r < (thread + 1) * share; r += 16) {
                matrix.multiply(r, Math.min(r + 16, (thread + 1) * share), x, 0, y, 0, scratch[thread]);
            }
        });
    }

    private double prefill(MatrixKernel matrix) {
        int rows = SAMPLE_ROWS * 16 * threads;
        float[] x = KernelFixtures.random(TOKENS * COLUMNS, 3);
        float[] panels = KernelFixtures.packed(kernels, x, COLUMNS, TOKENS, COLUMNS, 0);
        float[] y = new float[TOKENS * rows];
        Scratch[] scratch = scratch();
        double seconds = best(thread -> {
            for (int r = thread * (rows / threads); r < (thread + 1) * (rows / threads); r += SAMPLE_ROWS) {
                matrix.multiplyPacked(r, r + SAMPLE_ROWS, panels, 0, TOKENS, y, 0, rows, scratch[thread]);
            }
        });
        return 2.0 * rows * COLUMNS * TOKENS / seconds / 1e9;
    }

    private Scratch[] scratch() {
        Scratch[] scratch = new Scratch[threads];
        for (int i = 0; i < threads; i++) {
            scratch[i] = new Scratch();
        }
        return scratch;
    }

    /// The shortest of many rounds, in seconds.
    private double best(Portion portion) {
        double best = Double.MAX_VALUE;
        long end = System.nanoTime() + NANOS_PER_CASE;
        while (System.nanoTime() < end) {
            long start = System.nanoTime();
            List<Future<?>> futures = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int id = thread;
                futures.add(pool.submit(() -> portion.run(id)));
            }
            for (Future<?> future : futures) {
                join(future);
            }
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }

    private static void join(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
