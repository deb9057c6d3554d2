package io.layerplan.runtime;

import java.util.Optional;

/// A mistake in what the user gave us: a file, a flag, a plan, a request that cannot fit. It is reported as one line
/// with its remedy and exit code 2, never as a stack trace.
///
/// The message starts in lower case, names the place (file, key, tensor, flag) and has no full stop; what to do about
/// it is the help's business.
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String help;

    public InputException(String message) {
        this(message, "");
    }

    /// @param help what the user can do about it; empty where there is nothing to say
    public InputException(String message, String help) {
        super(message);
        this.help = help;
    }

    public InputException(String message, String help, Throwable cause) {
        super(message, cause);
        this.help = help;
    }

    public Optional<String> help() {
        return help.isEmpty() ? Optional.empty() : Optional.of(help);
    }
}
