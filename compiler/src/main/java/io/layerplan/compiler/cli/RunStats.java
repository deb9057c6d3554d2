package io.layerplan.compiler.cli;

import io.layerplan.runtime.ExecutorFigures;
import io.layerplan.runtime.generate.GenerationResult;
import io.layerplan.runtime.generate.GenerationTimings;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Program;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a run took.
///
/// @param promptTokensPerSecond tokens of the prompt
/// @param decodeTokensPerSecond tokens after the first one
/// @param firstTokenSeconds     from the start of the prompt
/// @param start                 seconds of each phase from the start of the process to the first token
/// @param compilerSeconds       that the JVM's compilers have worked, beside it, until the end; -1 where it does not
/// say
/// @param weightBytes           weights that the plan uses, mapped from the file
/// @param kvBytes               keys and values of a full context
/// @param kvFormat              how they are stored: `f32` or `f16`
/// @param activationBytes       buffers and scratch
/// @param residentBeyondBytes   memory of the process that is resident beyond weights, keys and values, at the end;
///                              null where the system does not say, or they are not in this process
/// @param heapBytes             of the Java heap
/// @param heapUsedBytes         of those, with what the next collection frees
/// @param context               positions
/// @param kvSlots               key/value slots, one for each attention that runs
/// @param layersPerToken        attention blocks that run for a token
/// @param launchesPerToken      dispatches to the workers
/// @param kernels               which kernels ran, and on what
record RunStats(
        int promptTokens,
        double promptTokensPerSecond,
        int decodedTokens,
        double decodeTokensPerSecond,
        double firstTokenSeconds,
        Map<String, Double> start,
        double compilerSeconds,
        long weightBytes,
        long kvBytes,
        String kvFormat,
        long activationBytes,
        @Nullable Long residentBeyondBytes,
        long heapBytes,
        long heapUsedBytes,
        int context,
        int kvSlots,
        long layersPerToken,
        int launchesPerToken,
        String kernels) {
    static RunStats of(RunSession session, GenerationResult result) {
        ExecutorFigures figures = session.executor().figures();
        Program program = session.executor().program();
        GenerationTimings timings = result.timings();
        Runtime heap = Runtime.getRuntime();
        return new RunStats(
                timings.promptTokens(),
                timings.promptRate(),
                result.tokens().size(),
                timings.decodeRate(),
                timings.firstToken(),
                session.start().with(timings.firstToken()),
                StartTimes.compilerSeconds(),
                figures.weightBytes(),
                figures.keyValueBytes(),
                figures.keyValueFormat().name().toLowerCase(Locale.ROOT),
                figures.activationBytes(),
                residentBeyond(session, figures),
                heap.totalMemory(),
                heap.totalMemory() - heap.freeMemory(),
                session.context(),
                program.slots().size(),
                program.slots().stream().map(KvSlot::layer).count(),
                program.launches().size(),
                figures.kernels());
    }

    private static @Nullable Long residentBeyond(RunSession session, ExecutorFigures figures) {
        OptionalLong resident = ResidentMemory.beyond(session.files());
        OptionalLong held = figures.heldBytes();
        return resident.isPresent() && held.isPresent() ? Math.max(0, resident.getAsLong() - held.getAsLong()) : null;
    }

    /// For people.
    String text() {
        return new Table("ll")
                .row("prompt", "%s, %s".formatted(tokens(promptTokens), rate(promptTokensPerSecond)))
                .row("decode", "%s, %s".formatted(tokens(decodedTokens), rate(decodeTokensPerSecond)))
                .row("first token", "after %s s".formatted(number(firstTokenSeconds)))
                .row("start", StartTimes.text(start) + compilers())
                .row(
                        "memory",
                        "weights %s, keys and values %s (%s) for %d positions, activations %s"
                                .formatted(
                                        Sizes.bytes(weightBytes),
                                        Sizes.bytes(kvBytes),
                                        kvFormat,
                                        context,
                                        Sizes.bytes(activationBytes)))
                .row(
                        "process",
                        "%s resident beyond weights, keys and values; heap %s, of them in use %s"
                                .formatted(
                                        residentBeyondBytes == null ? "unknown" : Sizes.bytes(residentBeyondBytes),
                                        Sizes.bytes(heapBytes),
                                        Sizes.bytes(heapUsedBytes)))
                .row(
                        "a token",
                        "%d layers, %d key/value slots, %d launches"
                                .formatted(layersPerToken, kvSlots, launchesPerToken))
                .row("kernels", kernels)
                .text();
    }

    private String compilers() {
        return compilerSeconds < 0 ? "" : "; the JVM's compilers worked %s s".formatted(number(compilerSeconds));
    }

    private static String tokens(int count) {
        return count == 1 ? "1 token" : count + " tokens";
    }

    private static String rate(double perSecond) {
        return perSecond == 0 ? "-" : number(perSecond) + " tokens/s";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
