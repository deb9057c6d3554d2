package io.layerplan.compiler.cli;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;

/// All commands, with how the command line is read: Layerplan's own, and those that a [CommandProvider] brings.
final class Commands {
    private final Environment environment;
    private final Map<String, Supplier<Command>> commands = new TreeMap<>();

    private Commands(Environment environment) {
        this.environment = environment;
        commands.put("check", () -> new CheckCommand(environment));
        commands.put("compile", () -> new CompileCommand(environment));
        commands.put("devices", () -> new DevicesCommand(environment));
        commands.put("explain", () -> new ExplainCommand(environment));
        commands.put("fmt", () -> new FormatCommand(environment));
        commands.put("inspect", () -> new InspectCommand(environment));
        commands.put("run", () -> new RunCommand(environment));
        commands.put("completion", () -> new CompletionCommand(environment));
    }

    static CommandLine all(Environment environment) {
        Commands commands = new Commands(environment);
        commands.addInstalled();
        return commands.commandLine(commands.commands.keySet());
    }

    /// The command that the arguments begin with, alone, if they do: reading the options of all the others would take
    /// half of a short command's time.
    static CommandLine of(List<String> arguments, Environment environment) {
        Commands commands = new Commands(environment);
        if (!commands.know(arguments)) {
            commands.addInstalled();
        }
        return commands.commandLine(
                commands.know(arguments) ? List.of(arguments.getFirst()) : commands.commands.keySet());
    }

    private boolean know(List<String> arguments) {
        return !arguments.isEmpty() && commands.containsKey(arguments.getFirst());
    }

    /// Looking for them takes time, which the commands that are always there do not spend.
    private void addInstalled() {
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            commands.put(provider.name(), () -> provider.create(environment));
        }
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
