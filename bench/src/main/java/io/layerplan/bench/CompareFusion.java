package io.layerplan.bench;

import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.ProgramCost;
import java.util.Arrays;
import java.util.Locale;

/// Fused against unfused, in one run: rounds of decoding and of prefill alternate between the two, and medians are
/// compared, so that a noisy machine disturbs both alike.
///
///     CompareFusion MODEL THREADS ROUNDS PLAN…
public final class CompareFusion {
    private static final int PROMPT = 128;
    private static final int DECODED = 32;
    private static final double WARM_UP_SECONDS = 6;

    private final int rounds;

    private CompareFusion(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[1]);
        CompareFusion compare = new CompareFusion(Integer.parseInt(arguments[2]));
        System.out.println("decode tok/s: fused unfused ratio | prefill: fused unfused ratio | launches | MB/token |"
                + " buffers kB/token | plan");
        for (String plan : Arrays.asList(arguments).subList(3, arguments.length)) {
            try (BenchmarkedPlan opened = BenchmarkedPlan.open(arguments[0], plan);
                    CpuExecutor fused = opened.executor(true, threads, PROMPT + DECODED);
                    CpuExecutor unfused = opened.executor(false, threads, PROMPT + DECODED)) {
                compare.run(plan, fused, unfused);
            }
        }
    }

    private void run(String plan, CpuExecutor fused, CpuExecutor unfused) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_SECONDS * 1e9) {
            decode(fused);
            decode(unfused);
        }
        double[] fusedDecode = new double[rounds];
        double[] unfusedDecode = new double[rounds];
        double[] fusedPrefill = new double[rounds];
        double[] unfusedPrefill = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            fusedPrefill[round] = prefill(fused);
            unfusedPrefill[round] = prefill(unfused);
            fusedDecode[round] = decode(fused);
            unfusedDecode[round] = decode(unfused);
        }
        System.out.printf(
                Locale.ROOT,
                "%s | %s | %d / %d | %.2f | %.1f / %.1f | %s%n",
                compared(fusedDecode, unfusedDecode),
                compared(fusedPrefill, unfusedPrefill),
                cost(fused).launches(),
                cost(unfused).launches(),
                cost(fused).weightBytes() / 1e6,
                cost(fused).bufferBytes() / 1e3,
                cost(unfused).bufferBytes() / 1e3,
                plan);
    }

    private static String compared(double[] fused, double[] unfused) {
        return String.format(
                Locale.ROOT, "%8.1f %8.1f %5.2f", median(fused), median(unfused), median(fused) / median(unfused));
    }

    private static ProgramCost cost(CpuExecutor executor) {
        Program program = executor.program();
        return ProgramCost.of(program);
    }

    /// Tokens per second of a prompt at once.
    private static double prefill(CpuExecutor executor) {
        int[] prompt = new int[PROMPT];
        Arrays.setAll(prompt, i -> 3 + i % 200);
        executor.truncate(0);
        long start = System.nanoTime();
        executor.forward(prompt, 1);
        return PROMPT / ((System.nanoTime() - start) / 1e9);
    }

    /// Tokens per second, token by token, after the prompt.
    private static double decode(CpuExecutor executor) {
        if (executor.length() < PROMPT) {
            prefill(executor);
        }
        executor.truncate(PROMPT);
        long start = System.nanoTime();
        for (int token = 0; token < DECODED; token++) {
            executor.forward(new int[] {3 + token}, 1);
        }
        return DECODED / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
