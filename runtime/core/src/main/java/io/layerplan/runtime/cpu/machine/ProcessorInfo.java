package io.layerplan.runtime.cpu.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the system says of the first processor.
public final class ProcessorInfo {
    private static final Path FILE = Path.of("/proc/cpuinfo");
    private static final String AMD = "AuthenticAMD";

    private ProcessorInfo() {}

    /// Whether it is one of AMD's.
    public static boolean isOfAmd() {
        // Windows says it in a variable.
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return isOfAmd(FILE) || (windows != null && windows.contains(AMD));
    }

    /// Whether the first processor that a file describes, as Linux does, is one of AMD's.
    public static boolean isOfAmd(Path file) {
        return field(file, "vendor_id").filter(AMD::equals).isPresent();
    }

    /// A field of what Linux says of it, `model name`; empty where the system does not say.
    public static Optional<String> field(String name) {
        return field(FILE, name);
    }

    /// A field of the first processor that a file describes.
    private static Optional<String> field(Path file, String name) {
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
