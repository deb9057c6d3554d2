package io.layerplan.runtime.cpu.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// How many cores can run a worker at full speed: two hardware threads of a core share its vector units.
public final class PhysicalCores {
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    private PhysicalCores() {}

    /// Physical cores, at most the processors this process may use; at least 1.
    public static int count() {
        int processors = Runtime.getRuntime().availableProcessors();
        Set<String> cores = new HashSet<>();
        for (int cpu = 0; ; cpu++) {
            Path siblings = CPUS.resolve("cpu" + cpu).resolve("topology/thread_siblings_list");
            if (!Files.isReadable(siblings)) {
                break;
            }
            try {
                cores.add(Files.readString(siblings).strip());
            } catch (IOException e) {
                return processors;
            }
        }
        return cores.isEmpty() ? processors : Math.min(cores.size(), processors);
    }
}
