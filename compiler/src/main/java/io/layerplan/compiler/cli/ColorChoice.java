package io.layerplan.compiler.cli;

/// The values of `--color`.
public enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`.
    AUTO,
    ALWAYS,
    NEVER;

    boolean applies(Environment environment, boolean terminal) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                terminal
                        && environment.variable("NO_COLOR").isEmpty()
                        && !environment.variable("TERM").equals(java.util.Optional.of("dumb"));
        };
    }
}
