package io.layerplan.compiler.cli;

import java.util.Optional;

/// What `--version` prints.
public final class Version {
    private Version() {}

    /// Of this build: `0.1.0`.
    public static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }

    static String text() {
        return "layerplan %s on Java %s, %s %s"
                .formatted(
                        number(),
                        Runtime.version().feature(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }
}
