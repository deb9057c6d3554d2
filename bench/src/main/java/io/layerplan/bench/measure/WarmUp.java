package io.layerplan.bench.measure;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the JVM was brought to where its code stays as it is.
///
/// @param seconds it took
/// @param rounds  of everything that is measured later
/// @param steady  whether it ended because rounds got no faster and hardly anything was compiled any more, and not
///                because its time was up
public record WarmUp(double seconds, int rounds, boolean steady) {
    private static final int STEADY_ROUNDS = 3;
    private static final double LEAST_SECONDS = 2;

    /// A round that is faster than the best before by less than this is no faster.
    private static final double GAIN = 0.03;

    /// The share of the time in which compilers may be at work.
    private static final double COMPILING = 0.02;

    private static final double NANOS = 1e9;

    /// Runs rounds until they are steady.
    static WarmUp run(List<Contender> contenders, Settings settings, ProgressListener progress) {
        Optional<CompilationMXBean> compilers = Optional.ofNullable(ManagementFactory.getCompilationMXBean());
        List<Double> rounds = new ArrayList<>();
        List<Double> compiling = new ArrayList<>();
        long start = System.nanoTime();
        double seconds = 0;
        boolean steady = false;
        do {
            progress.at("warming up", rounds.size(), 0);
            double before = compilerSeconds(compilers);
            round(contenders, settings);
            double now = (System.nanoTime() - start) / NANOS;
            rounds.add(now - seconds);
            compiling.add(compilerSeconds(compilers) - before);
            seconds = now;
            steady = seconds >= LEAST_SECONDS && isSteady(rounds, compiling);
        } while (!steady && seconds < settings.warmUpSeconds());
        return new WarmUp(seconds, rounds.size(), steady);
    }

    private static void round(List<Contender> contenders, Settings settings) {
        Phase decode = settings.decodes().getFirst();
        for (Contender contender : contenders) {
            contender.run(settings.prefill());
            contender.run(decode);
        }
    }

    /// Whether the last rounds gained nothing over those before them, and few were compiling meanwhile.
    static boolean isSteady(List<Double> rounds, List<Double> compiling) {
        int before = rounds.size() - STEADY_ROUNDS;
        if (before < 1) {
            return false;
        }
        double best = least(rounds.subList(0, before));
        double last = least(rounds.subList(before, rounds.size()));
        double time = sum(rounds.subList(before, rounds.size()));
        return last > best * (1 - GAIN) && sum(compiling.subList(before, compiling.size())) < time * COMPILING;
    }

    private static double compilerSeconds(Optional<CompilationMXBean> compilers) {
        return compilers
                .filter(CompilationMXBean::isCompilationTimeMonitoringSupported)
                .map(bean -> bean.getTotalCompilationTime() / 1e3)
                .orElse(0.0);
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }
}
