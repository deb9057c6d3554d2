package io.layerplan.compiler.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `layerplan completion`.
@CommandLine.Command(
        name = "completion",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        header = "Prints a completion script for a shell.",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  source <(layerplan completion bash)",
            "      Completes commands and options in this shell; in ~/.bashrc, in every one.",
            "  source <(layerplan completion zsh)",
            "      The same in zsh."
        })
final class CompletionCommand implements Command {
    private final Environment environment;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SHELL", arity = "0..1", description = "bash (the default) or zsh.")
    Shell shell = Shell.BASH;

    CompletionCommand(Environment environment) {
        this.environment = environment;
    }

    /// The shells there is a script for. It is one script, which finds out where it runs.
    enum Shell {
        BASH,
        ZSH
    }

    @Override
    public int run() {
        environment.out().print(AutoComplete.bash("layerplan", Commands.all(environment)));
        return ExitCodes.SUCCESS;
    }

    @Override
    public CommonOptions common() {
        return common;
    }
}
