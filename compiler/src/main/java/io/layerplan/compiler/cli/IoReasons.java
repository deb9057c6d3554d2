package io.layerplan.compiler.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file could not be read or written, in words that follow "cannot read `file`: ".
public final class IoReasons {
    private IoReasons() {}

    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException failure when failure.getReason() != null -> failure.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
