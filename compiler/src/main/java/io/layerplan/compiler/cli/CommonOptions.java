package io.layerplan.compiler.cli;

import picocli.CommandLine.Option;

/// What every command takes.
public final class CommonOptions {
    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "Colour: auto (on a terminal, the default), always or never; NO_COLOR is honoured.")
    public ColorChoice color = ColorChoice.AUTO;

    @Option(
            names = "--stacktrace",
            description = "Print the stack trace of a failure; so does the variable LAYERPLAN_DEBUG.")
    boolean stacktrace;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;
}
