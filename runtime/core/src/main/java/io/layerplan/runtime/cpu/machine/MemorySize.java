package io.layerplan.runtime.cpu.machine;

import java.util.Locale;

/// Bytes for people.
public final class MemorySize {
    private MemorySize() {}

    /// `12.3 MB`, in decimal units.
    public static String human(long bytes) {
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        }
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
