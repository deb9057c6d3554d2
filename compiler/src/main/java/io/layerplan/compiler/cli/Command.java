package io.layerplan.compiler.cli;

/// One of Layerplan's commands, its options set from the command line.
public interface Command {
    /// Does it.
    ///
    /// @return the exit code
    /// @throws io.layerplan.runtime.InputException for what the user can put right
    int run();

    CommonOptions common();

    /// Whether standard output is for tools: then errors are JSON too.
    default boolean json() {
        return false;
    }
}
