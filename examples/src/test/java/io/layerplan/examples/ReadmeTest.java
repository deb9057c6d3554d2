package io.layerplan.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The commands of the README print what it says they print, its links lead somewhere, and the commands that it lists
/// are all there are.
final class ReadmeTest {
    private static final String INDENT = "    ";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final Pattern LISTED = Pattern.compile("(?m)^\\| `layerplan ([\\w-]+)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([\\w-]+)  +[A-Z].*\\.$");

    @Test
    void theFirstCommandPrintsWhatItSays() throws IOException {
        List<String> lines = page("README.md").lines().toList();
        int at = indexOf(lines, INDENT + "./layerplan run examples/plans/founding.plan");
        Command command = Command.run(words(lines.get(at)));
        int output = indexOf(lines, INDENT + "unto Moses");
        assertThat(command.exitCode()).as(command.err()).isZero();
        assertThat(command.out().strip()).isEqualTo(String.join("\n", block(lines, output)));
    }

    @Test
    void theMistakeLooksAsShown() throws IOException {
        List<String> lines = page("README.md").lines().toList();
        int at = indexOf(lines, INDENT + "$ ./layerplan check");
        Command command = Command.run(words(lines.get(at).replace("$ ", "")));
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err().lines().toList()).isEqualTo(block(lines, at + 1));
    }

    @Test
    void listsEveryCommand() throws IOException {
        Set<String> listed = all(LISTED, page("README.md"));
        Set<String> known = all(COMMAND, Command.run(List.of("--help")).out());
        assertThat(known).hasSizeGreaterThan(5);
        assertThat(listed).isEqualTo(known);
    }

    @Test
    void theTestCommandIsWhatContinuousIntegrationRuns() throws IOException {
        assertThat(page("README.md")).contains("\n" + INDENT + "mvn verify\n");
        assertThat(page(".ci/run")).containsPattern("exec mvn .*verify\n");
    }

    @Test
    void theLinksOfAllPagesLeadSomewhere() throws IOException {
        for (String page : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
            Set<String> links = all(LINK, page(page));
            for (String link : links) {
                assertThat(Command.ROOT.resolve(link)).as(page).exists();
            }
        }
        assertThat(all(LINK, page("README.md"))).hasSizeGreaterThan(3);
    }

    private static String page(String name) throws IOException {
        return Files.readString(Command.ROOT.resolve(name));
    }

    private static int indexOf(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError("no line of the README starts with `%s`".formatted(start));
    }

    /// The indented lines from a line on, without their indent.
    private static List<String> block(List<String> lines, int from) {
        return lines.stream()
                .skip(from)
                .takeWhile(line -> line.startsWith(INDENT))
                .map(line -> line.substring(INDENT.length()))
                .toList();
    }

    private static Set<String> all(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    /// The words behind `./layerplan`; plans by their place in the repository.
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            for (int group = 1; group <= 3; group++) {
                if (matcher.group(group) != null) {
                    words.add(place(matcher.group(group)));
                }
            }
        }
        return words.subList(1, words.size());
    }

    private static String place(String word) {
        return word.startsWith("examples/") ? Command.ROOT.resolve(word).toString() : word;
    }
}
