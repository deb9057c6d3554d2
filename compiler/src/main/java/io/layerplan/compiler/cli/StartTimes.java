package io.layerplan.compiler.cli;

import io.layerplan.runtime.compiled.OpeningTimes;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where the time up to the first token goes: phases of a command, one after the other.
final class StartTimes {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private static volatile long mainAt = System.nanoTime();

    private final Map<String, Double> phases = new LinkedHashMap<>();
    private long last;

    private StartTimes(long last) {
        this.last = last;
    }

    /// Called first of all in a process.
    static void begin() {
        mainAt = System.nanoTime();
    }

    /// Those of a command that begins now; what came before it in this process is its first two phases.
    static StartTimes ofCommand() {
        long now = System.nanoTime();
        StartTimes times = new StartTimes(now);
        times.phases.put("jvm", jvmSeconds());
        times.phases.put("command line", (now - mainAt) / NANOS);
        return times;
    }

    /// From the start of the process to [#begin].
    private static double jvmSeconds() {
        double sinceMain = (System.nanoTime() - mainAt) / NANOS;
        return Math.max(0, ProcessAge.seconds().orElse(0) - sinceMain);
    }

    /// Ends a phase, and begins the next.
    void end(String phase) {
        long now = System.nanoTime();
        phases.merge(phase, (now - last) / NANOS, Double::sum);
        last = now;
    }

    /// Ends the phases of opening a compiled plan.
    void opened(OpeningTimes times) {
        phases.put("plan", times.plan());
        phases.put("model", times.model());
        phases.put("weights and kernels", times.executor());
        last = System.nanoTime();
    }

    /// The phases, in order, and the first token at their end.
    Map<String, Double> with(double firstToken) {
        Map<String, Double> all = new LinkedHashMap<>(phases);
        all.put("first token", firstToken);
        return all;
    }

    /// Seconds that the JVM's compilers have worked in this process so far; -1 where it does not say.
    static double compilerSeconds() {
        var compilers = ManagementFactory.getCompilationMXBean();
        return compilers == null || !compilers.isCompilationTimeMonitoringSupported()
                ? -1
                : compilers.getTotalCompilationTime() / MILLIS;
    }

    /// For people: `1.34 s: jvm 0.07, command line 0.13, …`.
    static String text(Map<String, Double> phases) {
        List<String> words = new ArrayList<>();
        phases.forEach((phase, seconds) -> words.add(phase + " " + seconds(seconds)));
        double all = phases.values().stream().mapToDouble(Double::doubleValue).sum();
        return "%s s: %s".formatted(seconds(all), String.join(", ", words));
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }
}
