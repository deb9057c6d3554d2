package io.layerplan.compiler.cli;

import io.layerplan.compiler.golden.GoldenCase;
import io.layerplan.compiler.golden.GoldenFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What commands print. An input has a command on each line, without its first word, words in single quotes kept
/// together, and `<<< 'text'` for standard input. What is expected has below each command its standard output, its
/// standard error behind `! `, and `=> code` where it failed.
final class CommandLineGoldenTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @TestFactory
    Stream<DynamicTest> printsWhatIsExpected() {
        return GoldenFiles.tests("cli", ".cli", 10, CommandLineGoldenTest::transcript);
    }

    private static String transcript(GoldenCase golden) {
        StringBuilder transcript = new StringBuilder();
        golden.text().lines().filter(line -> !line.isBlank()).forEach(line -> {
            CommandLineRun run = run(words(line));
            transcript.append("$ layerplan ").append(line).append('\n').append(run.out());
            run.err()
                    .lines()
                    .forEach(error ->
                            transcript.append(("! " + error).stripTrailing()).append('\n'));
            transcript.append(run.exitCode() == 0 ? "" : "=> " + run.exitCode() + "\n");
        });
        return transcript.toString();
    }

    private static CommandLineRun run(List<String> words) {
        int input = words.indexOf("<<<");
        return input < 0
                ? CommandLineRun.of("", Map.of(), words)
                : CommandLineRun.of(words.get(input + 1) + "\n", Map.of(), words.subList(0, input));
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
        return words;
    }
}
