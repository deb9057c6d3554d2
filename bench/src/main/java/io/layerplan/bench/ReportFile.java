package io.layerplan.bench;

import io.layerplan.compiler.cli.IoReasons;
import io.layerplan.runtime.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes a file whole or not at all.
final class ReportFile {
    private ReportFile() {}

    /// @throws InputException if it cannot be written; then what was there before is still there
    static void write(Path file, String text) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try {
                Files.writeString(part, text);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new InputException("cannot write `%s`: %s".formatted(file, IoReasons.reason(e)), "", e);
        }
    }
}
