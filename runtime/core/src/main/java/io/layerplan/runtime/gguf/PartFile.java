package io.layerplan.runtime.gguf;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/// The names under which files are written until they are whole: `NAME.` and something unique and `.part`, beside NAME.
/// Its writer holds a lock on it, which ends with the process, however that ends.
final class PartFile {
    private static final String ENDING = ".part";
    private static final int UNIQUE = new UUID(0, 0).toString().length();

    private PartFile() {}

    /// A new name; the file is deleted when the JVM ends in an orderly way, by Ctrl-C too.
    static Path of(Path path) {
        Path part = path.resolveSibling(prefix(path) + UUID.randomUUID() + ENDING);
        part.toFile().deleteOnExit();
        return part;
    }

    private static String prefix(Path path) {
        return Objects.requireNonNull(path.getFileName(), "a path without a name") + ".";
    }

    /// Deletes what writers of `path` left that were killed.
    static void deleteAbandoned(Path path) throws IOException {
        Path folder = path.toAbsolutePath().normalize().getParent();
        String prefix = prefix(path);
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, file -> isPart(file, prefix))) {
            for (Path part : parts) {
                if (isAbandoned(part)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }

    private static boolean isPart(Path file, String prefix) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(prefix)
                && name.endsWith(ENDING)
                && name.length() == prefix.length() + UNIQUE + ENDING.length();
    }

    /// Whether nobody holds the lock. Where files cannot be locked nobody can tell, and the file stays.
    private static boolean isAbandoned(Path part) {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }
}
