package io.layerplan.compiler.cli;

/// What the process ends with.
final class ExitCodes {
    static final int SUCCESS = 0;

    /// Something failed while it ran.
    static final int FAILURE = 1;

    /// The user can put it right: a plan, a file, a flag; and warnings under `--strict`.
    static final int BAD_INPUT = 2;

    private ExitCodes() {}
}
