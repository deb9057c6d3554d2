package io.layerplan.compiler.cli;

/// What the process ends with.
public final class ExitCodes {
    public static final int SUCCESS = 0;

    /// Something failed while it ran.
    public static final int FAILURE = 1;

    /// The user can put it right: a plan, a file, a flag; and warnings under `--strict`.
    public static final int BAD_INPUT = 2;

    private ExitCodes() {}
}
