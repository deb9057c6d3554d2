package io.layerplan.compiler.cli;

/// What to do about an [OutOfMemoryError].
final class OutOfMemory {
    private OutOfMemory() {}

    static String help() {
        long limit = Runtime.getRuntime().maxMemory() >> 20;
        return "the limit is %,d MiB; more with LAYERPLAN_JAVA_OPTIONS=-Xmx8g, less needed with a smaller `--ctx`"
                .formatted(limit);
    }
}
