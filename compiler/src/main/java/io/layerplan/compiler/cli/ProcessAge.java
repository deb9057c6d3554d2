package io.layerplan.compiler.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// How long this process has run, with what ran in it before the JVM.
final class ProcessAge {
    private static final Path PROCESS = Path.of("/proc/self/stat");
    private static final Path UPTIME = Path.of("/proc/uptime");

    /// Linux counts in these for programs, whatever its own clock does.
    private static final double TICKS_PER_SECOND = 100;

    /// Of the fields behind the name, which may have blanks and brackets in it.
    private static final int START = 19;

    private static final double MILLIS = 1e3;

    private ProcessAge() {}

    /// Seconds, where the system says it. On Linux both ends are read from one clock: the start that the JDK reports is
    /// counted from the second in which the machine started, and up to a second off.
    static OptionalDouble seconds() {
        OptionalDouble exact = seconds(PROCESS, UPTIME);
        return exact.isPresent() ? exact : sinceReportedStart();
    }

    static OptionalDouble seconds(Path process, Path uptime) {
        if (!Files.isReadable(process) || !Files.isReadable(uptime)) {
            return OptionalDouble.empty();
        }
        try {
            String stat = Files.readString(process);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", START + 2);
            double start = Long.parseLong(fields[START]) / TICKS_PER_SECOND;
            String now = Files.readString(uptime).split(" ", 2)[0];
            return OptionalDouble.of(Double.parseDouble(now) - start);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble sinceReportedStart() {
        Optional<Instant> start = ProcessHandle.current().info().startInstant();
        return start.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Duration.between(start.get(), Instant.now()).toMillis() / MILLIS);
    }
}
