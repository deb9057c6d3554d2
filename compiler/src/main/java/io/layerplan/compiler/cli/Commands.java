package io.layerplan.compiler.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;

/// All commands, with how the command line is read.
final class Commands {
    private final Environment environment;
    private final Map<String, Supplier<Command>> commands = new TreeMap<>();

    private Commands(Environment environment) {
        this.environment = environment;
        commands.put("check", () -> new CheckCommand(environment));
        commands.put("compile", () -> new CompileCommand(environment));
        commands.put("explain", () -> new ExplainCommand(environment));
        commands.put("fmt", () -> new FormatCommand(environment));
        commands.put("inspect", () -> new InspectCommand(environment));
        commands.put("run", () -> new RunCommand(environment));
        commands.put("completion", () -> new CompletionCommand(environment));
    }

    static CommandLine all(Environment environment) {
        Commands commands = new Commands(environment);
        return commands.commandLine(commands.commands.keySet());
    }

    /// The command that the arguments begin with, alone, if they do: reading the options of all the others would take
    /// half of a short command's time.
    static CommandLine of(List<String> arguments, Environment environment) {
        Commands commands = new Commands(environment);
        boolean known = !arguments.isEmpty() && commands.commands.containsKey(arguments.getFirst());
        return commands.commandLine(known ? List.of(arguments.getFirst()) : commands.commands.keySet());
    }

    private CommandLine commandLine(Iterable<String> names) {
        CommandLine root = new CommandLine(new RootCommand(environment));
        for (String name : names) {
            root.addSubcommand(name, requireNonNull(commands.get(name)).get());
        }
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setUsageHelpLongOptionsMaxWidth(28);
        root.setUsageHelpWidth(100);
        return root;
    }
}
