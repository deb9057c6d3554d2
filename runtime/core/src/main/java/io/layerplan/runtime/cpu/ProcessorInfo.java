package io.layerplan.runtime.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What Linux says of the first processor.
final class ProcessorInfo {
    static final Path FILE = Path.of("/proc/cpuinfo");

    private ProcessorInfo() {}

    /// A field of it, `model name`; empty where the system does not say.
    static Optional<String> field(String name) {
        return field(FILE, name);
    }

    /// A field of the first processor that a file describes.
    static Optional<String> field(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
