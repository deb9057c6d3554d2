package io.layerplan.compiler.cli;

import java.util.Optional;

/// What `--version` prints.
final class Version {
    private Version() {}

    static String text() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
        return "layerplan %s on Java %s, %s %s"
                .formatted(
                        version,
                        Runtime.version().feature(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }
}
