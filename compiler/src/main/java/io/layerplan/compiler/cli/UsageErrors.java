package io.layerplan.compiler.cli;

import io.layerplan.compiler.diagnostics.NearestWord;
import io.layerplan.runtime.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What picocli finds wrong with a command line, in our words.
final class UsageErrors {
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final Pattern LABEL = Pattern.compile(" ?\\(<?([A-Z=]+)>?\\)");

    private static final Pattern CHOICE =
            Pattern.compile("Invalid value for (?:option '([^']*)'|.*?): expected one of \\[(.*)\\] .*but was '(.*)'");

    private UsageErrors() {}

    static InputException explain(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched);
            case MissingParameterException missing -> missing(missing);
            default -> new InputException(inOurForm(String.valueOf(e.getMessage())), helpOf(e.getCommandLine()), e);
        };
    }

    private static InputException unknown(UnmatchedArgumentException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String word = e.getUnmatched().getFirst();
        if (word.startsWith("-") && word.length() > 1) {
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return unknown("option", option, optionNames(command), e);
        }
        if (!command.subcommands().isEmpty()) {
            return unknown("command", word, command.subcommands().keySet(), e);
        }
        return new InputException("unexpected argument `%s`".formatted(word), helpOf(e.getCommandLine()), e);
    }

    private static InputException unknown(String kind, String word, Iterable<String> known, ParameterException e) {
        Optional<String> nearest = NearestWord.help(word, known);
        String message = "unknown %s `%s`".formatted(kind, word);
        return new InputException(message, nearest.orElseGet(() -> helpOf(e.getCommandLine())), e);
    }

    private static InputException missing(MissingParameterException e) {
        List<ArgSpec> missing = e.getMissing();
        String help = helpOf(e.getCommandLine());
        if (missing.size() == 1 && missing.getFirst() instanceof OptionSpec option) {
            String name = option.longestName();
            return new InputException(
                    "`%s` needs a value: `%s %s`".formatted(name, name, option.paramLabel()), help, e);
        }
        List<String> labels = missing.stream()
                .map(argument -> "`" + argument.paramLabel() + "`")
                .toList();
        return new InputException("missing argument %s".formatted(String.join(", ", labels)), help, e);
    }

    private static List<String> optionNames(CommandSpec command) {
        List<String> names = new ArrayList<>();
        command.options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }

    private static String helpOf(CommandLine commandLine) {
        return "`%s --help` lists what there is"
                .formatted(commandLine.getCommandSpec().qualifiedName());
    }

    /// Code in backticks, a lower-case start, no full stop, and our words for what picocli calls otherwise.
    private static String inOurForm(String message) {
        Matcher choice = CHOICE.matcher(message);
        if (choice.matches()) {
            return "%s is one of %s, not `%s`"
                    .formatted(
                            choice.group(1) == null ? "the argument" : "`" + choice.group(1) + "`",
                            choice.group(2).toLowerCase(Locale.ROOT),
                            choice.group(3));
        }
        String text = QUOTED.matcher(LABEL.matcher(message).replaceAll(""))
                .replaceAll("`$1`")
                .replace("option option ", "option ")
                .replace("is not an int", "is no whole number")
                .replace("is not a long", "is no whole number")
                .replace("is not a double", "is no number");
        String end = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return end.substring(0, 1).toLowerCase(Locale.ROOT) + end.substring(1);
    }
}
