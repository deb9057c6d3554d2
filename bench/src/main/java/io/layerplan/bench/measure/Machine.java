package io.layerplan.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What was measured on.
///
/// @param cpu        as the system calls it
/// @param processors that this JVM may use
/// @param memory     bytes; 0 where the JVM does not tell
/// @param load       processes that wanted to run when the benchmark began, on average over a minute; negative where
///                   the system does not tell
/// @param java       version and vendor
public record Machine(String cpu, int processors, long memory, double load, String system, String java) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    public static Machine ofThisProcess() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        long memory = system instanceof com.sun.management.OperatingSystemMXBean bean ? bean.getTotalMemorySize() : 0;
        return new Machine(
                nameOfCpu(),
                Runtime.getRuntime().availableProcessors(),
                memory,
                system.getSystemLoadAverage(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
    }

    private static String nameOfCpu() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch"); // not a Linux
        }
    }
}
