package io.layerplan.compiler.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// How much of this process is in memory, by Linux's list of its mappings. Other systems tell it in other ways, or not
/// by mapping.
final class ResidentMemory {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final String RESIDENT = "Rss:";
    private static final String UNIT = "kB";

    /// Of a line that begins a mapping: `from-to rights offset device inode path`.
    private static final int FIELDS = 6;

    private ResidentMemory() {}

    /// Bytes in memory that are no part of these files; empty where the system does not say.
    static OptionalLong beyond(List<Path> files) {
        return beyond(MAPPINGS, files);
    }

    static OptionalLong beyond(Path mappings, List<Path> files) {
        if (!Files.isReadable(mappings)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(mappings)) {
            Set<String> leftOut = new HashSet<>();
            for (Path file : files) {
                leftOut.add(file.toRealPath().toString());
            }
            return OptionalLong.of(sum(lines.iterator(), leftOut));
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long sum(Iterator<String> lines, Set<String> leftOut) {
        long kilobytes = 0;
        boolean counts = true;
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(RESIDENT)) {
                String figure = line.substring(RESIDENT.length()).replace(UNIT, "");
                kilobytes += counts ? Long.parseLong(figure.strip()) : 0;
            } else if (begins(line)) {
                String[] fields = line.split(" +", FIELDS);
                counts = fields.length < FIELDS || !leftOut.contains(fields[FIELDS - 1]);
            }
        }
        return Math.multiplyExact(kilobytes, 1024L);
    }

    /// A mapping begins with hexadecimal digits in lower case; what is said of it begins with a capital.
    private static boolean begins(String line) {
        return !line.isEmpty() && !Character.isUpperCase(line.charAt(0));
    }
}
