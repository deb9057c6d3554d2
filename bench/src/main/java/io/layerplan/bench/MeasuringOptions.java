package io.layerplan.bench;

import io.layerplan.bench.measure.Settings;
import io.layerplan.compiler.cli.BackendFlags;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.program.NumericMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How it is measured.
final class MeasuringOptions {
    private static final int USUAL_LENGTH = 128;

    @Option(names = "--threads", paramLabel = "N", description = "Workers. Default: one for each physical core.")
    int threads;

    @Mixin
    BackendFlags backend = new BackendFlags();

    @Option(
            names = "--numeric",
            paramLabel = "MODE",
            description = "f32 or q8, as for `run`; a compiled plan has its own.")
    @Nullable
    NumericMode numeric;

    @Option(names = "--rounds", paramLabel = "N", description = "Time everything N times. Default: 11.")
    int rounds = 11;

    @Option(
            names = "--prompt-length",
            paramLabel = "N",
            description = "Tokens of the prefill that is timed. Default: 128.")
    int prompt = USUAL_LENGTH;

    @Option(
            names = "--context",
            paramLabel = "N",
            split = ",",
            description = "After how many tokens decoding is timed; several with commas between. Default: 128.")
    List<Integer> contexts = new ArrayList<>();

    @Option(
            names = {"-n", "--decode-length"},
            paramLabel = "N",
            description = "Tokens to decode in a round. Default: 32.")
    int tokens = 32;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description = "The longest warm-up. It ends sooner, once rounds get no faster. Default: 60.")
    double warmUp = 60;

    /// @throws InputException if a number is none of the possible ones
    void check() {
        require(threads >= 0, "--threads", threads);
        require(rounds >= 1, "--rounds", rounds);
        require(prompt >= 1, "--prompt-length", prompt);
        require(tokens >= 1, "--decode-length", tokens);
        contexts.forEach(context -> require(context >= 1, "--context", context));
        if (!(warmUp >= 0)) {
            throw new InputException("`--warm-up %s` is no time".formatted(warmUp), "give seconds, 0 or more");
        }
    }

    private static void require(boolean right, String option, int value) {
        if (!right) {
            throw new InputException("`%s %d` is not possible".formatted(option, value), "give a number 1 or more");
        }
    }

    Settings settings() {
        List<Integer> depths = contexts.isEmpty() ? List.of(USUAL_LENGTH) : contexts;
        boolean usual = threads == 0 && backend.backend().name().equals(Backends.USUAL);
        int workers = usual ? CpuOptions.ofContext(1).threads() : threads;
        return new Settings(
                workers,
                backend.kv(),
                rounds,
                prompt,
                depths.stream().distinct().toList(),
                tokens,
                warmUp);
    }

    /// The mode that was asked for, null for the one that is usual for the weights; only the CPU has such.
    @Nullable
    NumericMode mode() {
        boolean usual = backend.backend().name().equals(Backends.USUAL);
        return numeric == null && !usual ? NumericMode.F32 : numeric;
    }
}
