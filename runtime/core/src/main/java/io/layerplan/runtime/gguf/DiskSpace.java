package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Whether a file will fit where it is to be written: better said before gigabytes are written than after.
final class DiskSpace {
    private DiskSpace() {}

    /// @throws InputException if there is less room than `bytes`; where nobody knows how much there is, there is enough
    static void require(Path file, long bytes) throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return; // which opening the file will say
        }
        FileStore store = Files.getFileStore(folder);
        if (store.getTotalSpace() > 0) {
            require(file, bytes, store.getUsableSpace());
        }
    }

    static void require(Path file, long bytes, long free) {
        if (bytes > free) {
            throw new InputException(
                    "cannot write `%s`: it takes %s, and %s are free there".formatted(file, human(bytes), human(free)),
                    "make room, or name a file on another disk");
        }
    }

    private static String human(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
