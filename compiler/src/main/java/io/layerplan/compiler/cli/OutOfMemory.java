package io.layerplan.compiler.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What to say about an [OutOfMemoryError].
final class OutOfMemory {
    /// Made while there is memory.
    private static final byte[] LINES =
            "error: out of memory\n   = help: %s\n".formatted(help()).getBytes(StandardCharsets.UTF_8);

    private OutOfMemory() {}

    /// Loads this class.
    static void prepare() {}

    static String help() {
        long limit = Runtime.getRuntime().maxMemory() >> 20;
        return "the limit is %,d MiB; more with LAYERPLAN_JAVA_OPTIONS=-Xmx8g, less needed with a smaller `--ctx`"
                .formatted(limit);
    }

    /// Says so where there is no memory left to say it otherwise: nothing is allocated.
    static void print(PrintStream err) {
        err.write(LINES, 0, LINES.length);
        err.flush();
    }
}
