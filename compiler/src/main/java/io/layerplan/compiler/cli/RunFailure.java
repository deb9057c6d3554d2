package io.layerplan.compiler.cli;

/// Something that failed while it ran and is no mistake of the user's: exit code 1.
final class RunFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String help;

    RunFailure(String message, String help, Throwable cause) {
        super(message, cause);
        this.help = help;
    }

    String help() {
        return help;
    }
}
