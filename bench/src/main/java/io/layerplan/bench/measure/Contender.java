package io.layerplan.bench.measure;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.ProgramCost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A program that takes part, one of the variants of a plan. It runs over tokens that are all alike, since what they
/// are does not change how long they take.
final class Contender {
    private static final double NANOS = 1e9;

    private final Executor executor;
    private final Map<Phase, List<Double>> rates = new HashMap<>();

    Contender(Executor executor) {
        this.executor = executor;
    }

    Program program() {
        return executor.program();
    }

    ProgramCost cost() {
        return ProgramCost.of(program());
    }

    /// Of the weights that a token reads, each counted once however often it is used.
    long weightBytes() {
        return program().weights().stream()
                .mapToLong(weight -> weight.rows() * weight.type().rowBytes(weight.columns()))
                .sum();
    }

    Executor executor() {
        return executor;
    }

    /// Tokens per second.
    double run(Phase phase) {
        prepare(phase);
        return switch (phase) {
            case Phase.Prefill(int tokens) -> timed(tokens, () -> executor.forward(tokens(tokens), 1));
            case Phase.Decode(int _, int tokens) -> timed(tokens, () -> decode(tokens));
        };
    }

    /// Runs a phase once, and notes how fast it was.
    void time(Phase phase) {
        rates.computeIfAbsent(phase, _ -> new ArrayList<>()).add(run(phase));
    }

    /// What was noted, round after round.
    double[] rates(Phase phase) {
        return rates.getOrDefault(phase, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /// Does what comes before the timed part of a phase.
    void prepare(Phase phase) {
        switch (phase) {
            case Phase.Prefill _ -> executor.truncate(0);
            case Phase.Decode decode -> fillTo(decode.context());
        }
    }

    /// Dispatches for one more token.
    int launchesPerToken() {
        fillTo(Math.min(executor.length(), 1));
        long before = executor.figures().launches();
        decode(1);
        return Math.toIntExact(executor.figures().launches() - before);
    }

    /// Brings the sequence to a length; what is there already stays.
    private void fillTo(int length) {
        if (executor.length() > length) {
            executor.truncate(length);
        } else if (executor.length() < length) {
            executor.forward(tokens(length - executor.length()), 0);
        }
    }

    private void decode(int tokens) {
        for (int token = 0; token < tokens; token++) {
            executor.forward(new int[] {token(token)}, 1);
        }
    }

    private int[] tokens(int count) {
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = token(i);
        }
        return tokens;
    }

    private int token(int index) {
        return index % program().vocabulary();
    }

    private static double timed(int tokens, Runnable action) {
        long start = System.nanoTime();
        action.run();
        return tokens / ((System.nanoTime() - start) / NANOS);
    }
}
