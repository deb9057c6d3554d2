package io.layerplan.compiler.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// Prints the help of a command.
final class Help {
    private Help() {}

    static void print(CommandLine command, Environment environment, ColorChoice color) {
        boolean colored = color.applies(environment, environment.outputIsTerminal());
        environment.out().print(command.getUsageMessage(colored ? Ansi.ON : Ansi.OFF));
    }
}
