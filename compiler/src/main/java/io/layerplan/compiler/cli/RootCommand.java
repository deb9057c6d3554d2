package io.layerplan.compiler.cli;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `layerplan` without a command.
@CommandLine.Command(
        name = "layerplan",
        sortOptions = false,
        abbreviateSynopsis = true,
        synopsisHeading = "%nUsage: ",
        synopsisSubcommandLabel = "COMMAND",
        header = "Runs a transformer's layers in another order, more often, less often, or side by side.",
        description = {
            "",
            "A plan says which layers run, how often, and how their results are combined. Layerplan checks it, "
                    + "compiles it against a model in a GGUF file, and runs it.%n"
        },
        commandListHeading = "%nCommands:%n",
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Examples:",
            "  layerplan run -e 'run all' --prompt \"And God said\"",
            "      The bundled model as it is.",
            "  layerplan run -e 'run 0..3; par 4..11 avg; loop 12..15 x2; skip 16' --prompt \"And God said\"",
            "      Eight layers side by side, four of them twice, the last one left out.",
            "  layerplan check draft.plan --layers 80",
            "      Is this plan right for a model of 80 layers?",
            "",
            "`layerplan COMMAND --help` explains a command. Exit codes: 0 success, 1 failure, 2 bad input."
        })
final class RootCommand implements Command {
    private final Environment environment;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(
            names = {"-V", "--version"},
            description = "Print the version.")
    boolean version;

    @Spec
    CommandSpec spec;

    RootCommand(Environment environment) {
        this.environment = environment;
        this.spec = CommandSpec.create();
    }

    @Override
    public int run() {
        if (version) {
            environment.out().println(Version.text());
        } else {
            Help.print(spec.commandLine(), environment, common.color);
        }
        return ExitCodes.SUCCESS;
    }

    @Override
    public CommonOptions common() {
        return common;
    }
}
