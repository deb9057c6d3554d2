package io.layerplan.compiler.cli;

import io.layerplan.runtime.InputException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The command line's entry.
public final class Layerplan {
    private final Environment environment;
    private final CommandLine commandLine;
    private ErrorPrinter errors;
    private boolean stacktrace;

    private Layerplan(List<String> arguments, Environment environment) {
        this.environment = environment;
        this.commandLine = Commands.of(arguments, environment);
        this.errors = new ErrorPrinter(environment, ColorChoice.AUTO, false);
        this.stacktrace = environment.variable("LAYERPLAN_DEBUG").isPresent();
    }

    public static void main(String[] arguments) {
        StartTimes.begin();
        OutOfMemory.prepare();
        System.exit(execute(List.of(arguments), Environment.ofProcess()));
    }

    /// Runs one command in this process, for programs: without terminals, colours and environment variables.
    ///
    /// @param home where Layerplan is installed: the bundled model lies below
    /// @return the exit code: 0, 1 for a failure at run time, 2 for bad input
    public static int execute(List<String> arguments, InputStream in, PrintStream out, PrintStream err, Path home) {
        return execute(arguments, new Environment(in, out, err, Map.of(), Optional.of(home), false, false, false));
    }

    /// Runs one command in this process.
    ///
    /// @return the exit code: 0, 1 for a failure at run time, 2 for bad input
    static int execute(List<String> arguments, Environment environment) {
        try {
            return new Layerplan(arguments, environment).execute(arguments);
        } catch (OutOfMemoryError e) {
            // Not enough was left for the message as it usually looks, or it was too little from the start.
            OutOfMemory.print(environment.err());
            return ExitCodes.FAILURE;
        } finally {
            environment.out().flush();
            environment.err().flush();
        }
    }

    private int execute(List<String> arguments) {
        try {
            return dispatch(commandLine.parseArgs(arguments.toArray(String[]::new)));
        } catch (ParameterException e) {
            return badInput(UsageErrors.explain(e));
        } catch (InputException e) {
            return badInput(e);
        } catch (InvalidPathException e) {
            return badInput(new InputException("`%s` is no path: %s".formatted(e.getInput(), e.getReason()), "", e));
        } catch (OutOfMemoryError e) {
            return failure("out of memory", Optional.of(OutOfMemory.help()), e);
        } catch (RunFailure e) {
            return failure(String.valueOf(e.getMessage()), Optional.of(e.help()), e);
        } catch (UncheckedIOException e) {
            return failure(String.valueOf(e.getMessage()), Optional.empty(), e);
        } catch (RuntimeException | Error e) {
            String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            Optional<String> help = Optional.of("`--stacktrace` shows where, for a report");
            return failure(
                    "this is a bug in Layerplan: " + what.lines().findFirst().orElse(""), help, e);
        }
    }

    private int dispatch(ParseResult parsed) {
        ParseResult chosen = parsed;
        while (chosen.hasSubcommand()) {
            chosen = chosen.subcommand();
        }
        CommandLine commandLine = chosen.commandSpec().commandLine();
        if (!(commandLine.getCommand() instanceof Command command)) {
            throw new IllegalStateException("no command: " + commandLine.getCommandName());
        }
        ColorChoice color = command.common().color;
        errors = new ErrorPrinter(environment, color, command.json());
        stacktrace |= command.common().stacktrace;
        if (chosen.isUsageHelpRequested()) {
            Help.print(commandLine, environment, color);
            return ExitCodes.SUCCESS;
        }
        return command.run();
    }

    private int badInput(InputException e) {
        errors.print(String.valueOf(e.getMessage()), e.help());
        printStackTrace(e);
        return ExitCodes.BAD_INPUT;
    }

    private int failure(String message, Optional<String> help, Throwable e) {
        errors.print(message, stacktrace ? Optional.empty() : help);
        printStackTrace(e);
        return ExitCodes.FAILURE;
    }

    private void printStackTrace(Throwable e) {
        if (stacktrace) {
            e.printStackTrace(environment.err());
        }
    }
}
