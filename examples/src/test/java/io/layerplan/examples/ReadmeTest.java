package io.layerplan.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of the README do what it says: those that can be run here are run, the others have to be commands that
/// exist, and its files have to be there.
final class ReadmeTest {
    private static final Path README = Command.ROOT.resolve("README.md");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");
    /// Files that a reader brings; commands that name one cannot be run here.
    private static final String READERS_OWN = "gemma-3-270m.gguf";

    @TempDir
    Path folder;

    @Test
    void itsCommandsRun() throws IOException {
        int run = 0;
        for (List<String> words : commands()) {
            if (words.contains(READERS_OWN)) {
                assertThat(Command.run(List.of(words.getFirst(), "--help")).exitCode())
                        .as(words.toString())
                        .isZero();
                continue;
            }
            Command command = Command.run(words);
            assertThat(command.exitCode()).as("%s: %s", words, command.err()).isZero();
            run++;
        }
        assertThat(run).isGreaterThanOrEqualTo(6);
    }

    @Test
    void theTestCommandIsWhatContinuousIntegrationRuns() throws IOException {
        assertThat(Files.readString(README)).contains("\nmvn verify\n");
        assertThat(Files.readString(Command.ROOT.resolve(".ci/run"))).containsPattern("exec mvn .*verify\n");
    }

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        for (String page : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
            Matcher link = LINK.matcher(Files.readString(Command.ROOT.resolve(page)));
            while (link.find()) {
                assertThat(Command.ROOT.resolve(link.group(1))).as(page).exists();
            }
        }
    }

    /// The words of the lines that start with `./layerplan`, without that and without comments; plans and models by
    /// their place in the repository, results in a folder of this test.
    private List<List<String>> commands() throws IOException {
        return Files.readString(README)
                .lines()
                .filter(line -> line.startsWith("./layerplan "))
                .map(line -> words(line.replaceFirst(" {2,}# .*", "")))
                .toList();
    }

    private List<String> words(String line) {
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

    private String place(String word) {
        if (word.startsWith("examples/")) {
            return Command.ROOT.resolve(word).toString();
        }
        boolean result = word.endsWith(".lpx") || word.endsWith(".svg");
        return result ? folder.resolve(word).toString() : word;
    }
}
