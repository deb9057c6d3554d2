package io.layerplan.bench.measure;

import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;

/// How fast threads, or a device, read memory if they do nothing else with it than add it up: what a program whose
/// weights are read once a token cannot exceed.
///
/// @param bytes              that were read again and again
/// @param gigabytesPerSecond the best of all passes, all threads together; a GB is 10⁹ bytes
public record ReadBandwidth(long bytes, double gigabytesPerSecond) {
    /// More than caches hold.
    static final long BEYOND_CACHES = 1L << 30;

    private static final double LEAST_SECONDS = 0.4;
    private static final int LEAST_PASSES = 12;

    /// Short passes are timed several at a time.
    private static final long LEAST_BYTES = 64L << 20;

    private static final int STREAMS = 4;
    private static final int LEAST_WORDS = 4096;

    /// Of main memory; of less of it where the heap is small.
    static ReadBandwidth ofMemory(int threads) {
        long heap = Runtime.getRuntime().maxMemory();
        return of(Math.min(BEYOND_CACHES, heap / 8), threads);
    }

    /// Of so many bytes, which caches may hold.
    static ReadBandwidth of(long bytes, int threads) {
        int words = Math.toIntExact(Math.max(LEAST_WORDS, bytes / Long.BYTES / threads / STREAMS * STREAMS));
        int repeats = Math.toIntExact(Math.max(1, LEAST_BYTES / ((long) words * Long.BYTES * threads)));
        var readers = new Reader[threads];
        var start = new CyclicBarrier(threads + 1);
        var end = new CyclicBarrier(threads + 1);
        for (int i = 0; i < threads; i++) {
            readers[i] = new Reader(words, repeats, start, end);
            Thread.ofPlatform().daemon().name("layerplan-stream-" + i).start(readers[i]);
        }
        double read = (double) words * Long.BYTES * threads * repeats;
        return new ReadBandwidth(bytes, read / bestPass(start, end, readers));
    }

    private static double bestPass(CyclicBarrier start, CyclicBarrier end, Reader[] readers) {
        long best = Long.MAX_VALUE;
        long began = System.nanoTime();
        for (int pass = 0; pass < LEAST_PASSES || System.nanoTime() - began < LEAST_SECONDS * 1e9; pass++) {
            Reader.await(start);
            Reader.await(end);
            long first = Arrays.stream(readers).mapToLong(Reader::began).min().orElseThrow();
            long last = Arrays.stream(readers).mapToLong(Reader::ended).max().orElseThrow();
            best = Math.min(best, last - first);
        }
        Arrays.stream(readers).forEach(Reader::stop);
        Reader.await(start);
        if (Arrays.stream(readers).mapToLong(Reader::sum).sum() == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return best;
    }

    /// A thread with its own part of the memory.
    private static final class Reader implements Runnable {
        private final int size;
        private final int repeats;
        private final CyclicBarrier start;
        private final CyclicBarrier end;
        private volatile boolean stopped;
        private long sum;
        private long began;
        private long ended;

        Reader(int size, int repeats, CyclicBarrier start, CyclicBarrier end) {
            this.size = size;
            this.repeats = repeats;
            this.start = start;
            this.end = end;
        }

        @Override
        public void run() {
            long[] words = new long[size];
            Arrays.fill(words, 1);
            await(start);
            while (!stopped) {
                began = System.nanoTime();
                for (int i = 0; i < repeats; i++) {
                    words[i]++; // else one read would do for all
                    sum += read(words);
                }
                ended = System.nanoTime();
                await(end);
                await(start);
            }
        }

        void stop() {
            stopped = true;
        }

        /// When the last pass began, by the reader's own clock: the caller may be woken after it has ended.
        long began() {
            return began;
        }

        long ended() {
            return ended;
        }

        /// What was read; used, so that the reads are not optimised away.
        long sum() {
            return sum;
        }

        /// Four streams at once, since one leaves the memory waiting.
        private static long read(long[] words) {
            int part = words.length / STREAMS;
            long a = 0;
            long b = 0;
            long c = 0;
            long d = 0;
            for (int i = 0; i < part; i++) {
                a += words[i];
                b += words[part + i];
                c += words[2 * part + i];
                d += words[3 * part + i];
            }
            return a + b + c + d;
        }

        static void await(CyclicBarrier barrier) {
            try {
                barrier.await();
            } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
