package io.layerplan.runtime.cpu.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How much memory this machine, or the container that this process is in, can still give.
public final class AvailableMemory {
    private static final String KEY = "MemAvailable:";

    private AvailableMemory() {}

    /// Bytes, or `Long.MAX_VALUE` where the system does not say.
    public static long bytes() {
        return Math.min(ofMachine(Path.of("/proc/meminfo")), ofContainer(Path.of("/sys/fs/cgroup")));
    }

    /// `MemAvailable` of a meminfo file: what can be had without swapping.
    public static long ofMachine(Path meminfo) {
        try {
            List<String> lines = Files.isReadable(meminfo) ? Files.readAllLines(meminfo) : List.of();
            for (String line : lines) {
                if (line.startsWith(KEY)) {
                    String figure =
                            line.substring(KEY.length()).replace("kB", "").strip();
                    return Math.multiplyExact(Long.parseLong(figure), 1024L);
                }
            }
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            return Long.MAX_VALUE;
        }
        return Long.MAX_VALUE;
    }

    /// What a control group (version 2) has left of its limit.
    public static long ofContainer(Path group) {
        Path limit = group.resolve("memory.max");
        Path current = group.resolve("memory.current");
        try {
            if (!Files.isReadable(limit) || !Files.isReadable(current)) {
                return Long.MAX_VALUE;
            }
            String most = Files.readString(limit).strip();
            return most.equals("max")
                    ? Long.MAX_VALUE
                    : Math.max(
                            0,
                            Long.parseLong(most)
                                    - Long.parseLong(Files.readString(current).strip()));
        } catch (IOException | NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
