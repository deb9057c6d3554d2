package io.layerplan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.tensor.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RandomModelCommandTest {
    private static final Path HELP = Path.of("bench/src/test/resources/golden/help_random_model.expected");
    private static final List<String> SMALL = List.of(
            "--layers=8",
            "--width=256",
            "--heads=4",
            "--kv-heads=2",
            "--feed-forward=512",
            "--vocabulary=300",
            "--context=64");

    @TempDir
    Path folder;

    @Test
    void theHelpIsAsExpected() throws IOException {
        String help = BenchRun.of("random-model", "--help").out();
        Path golden = BenchRun.ROOT.resolve(HELP);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, help);
        }
        assertThat(help).isEqualTo(Files.readString(golden));
    }

    private BenchRun write(Path file, String... more) {
        List<String> words = new ArrayList<>(List.of("random-model", "-o", file.toString()));
        words.addAll(SMALL);
        words.addAll(List.of(more));
        return BenchRun.of("", words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f16", "q8_0", "q4_0", "Q4_K_M", "q5_k"})
    void writesAModelThatRunsAndIsMeasured(String type) {
        Path file = folder.resolve("model.gguf");
        BenchRun written = write(file, "--type", type);
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.out()).startsWith(file + ": 4,799,744 parameters, ").contains(type.toLowerCase(Locale.ROOT));
        BenchRun run = BenchRun.of("run", "-e", "run all", "-m", file.toString(), "--prompt", "any words", "-n", "5");
        assertThat(run.exitCode()).as(run.err()).isZero();
        BenchRun bench = BenchRun.shortly("-e", "run all", "-m", file.toString(), "--only", "fused", "--json");
        assertThat(bench.exitCode()).as(bench.err()).isZero();
        assertThat(bench.json().at("/plans/0/decode/fused").asDouble()).isPositive();
    }

    @Test
    void aSeedMakesTheSameFileAndAnotherSeedAnother() throws IOException {
        Path first = folder.resolve("first.gguf");
        Path again = folder.resolve("again.gguf");
        Path other = folder.resolve("other.gguf");
        write(first);
        write(again);
        write(other, "--seed", "2");
        assertThat(Files.mismatch(first, again)).isEqualTo(-1);
        assertThat(Files.mismatch(first, other)).isPositive();
        assertThat(Files.size(first)).isEqualTo(Files.size(other));
    }

    @Test
    void theMixIsThatOfLlamaCpp() {
        Path file = folder.resolve("mix.gguf");
        write(file, "--type", "q4_k_m");
        try (GgufFile open = GgufFile.open(file)) {
            assertThat(open.tensor("token_embd.weight").orElseThrow().type()).isEqualTo(ElementType.Q6_K);
            List<Integer> more = new ArrayList<>();
            for (int layer = 0; layer < 8; layer++) {
                if (open.tensor("blk." + layer + ".ffn_down.weight")
                                .orElseThrow()
                                .type()
                        == ElementType.Q6_K) {
                    more.add(layer);
                }
            }
            assertThat(more).containsExactly(0, 3, 6, 7);
            assertThat(open.tensor("blk.0.ffn_up.weight").orElseThrow().type()).isEqualTo(ElementType.Q4_K);
        }
    }

    @Test
    void theResultIsJsonForTools() throws IOException {
        Path file = folder.resolve("model.gguf");
        BenchRun run = write(file, "--json");
        assertThat(run.json().at("/bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(run.json().at("/type").asText()).isEqualTo("q8_0");
    }

    @Test
    void aFileThatIsThereStays() throws IOException {
        Path file = Files.writeString(folder.resolve("precious.gguf"), "weights of a year");
        BenchRun run = write(file);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: `" + file + "` exists already\n");
        assertThat(file).hasContent("weights of a year");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --type=q3_k               | there is no format `q3_k`
        --layers=0                | `--layers 0` is not possible
        --head-size=63            | `--head-size 63` is not possible
        --vocabulary=256          | `--vocabulary 256` is not possible
        --kv-heads=3              | 4 heads cannot share 3 heads of keys and values
        --width=250               | rows of `token_embd.weight` have 250 elements, and blocks of q8_0 have 32
        --seed=x                  | invalid value for option `--seed`: `x` is no whole number
        """)
    void whatCannotBeIsToldAndNothingIsWritten(String option, String message) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("random-model", "-o", folder.resolve("x.gguf").toString()));
        SMALL.stream()
                .filter(each -> !each.startsWith(option.substring(0, option.indexOf('=') + 1)))
                .forEach(words::add);
        words.add(option);
        BenchRun run = BenchRun.of("", words);
        assertThat(run.err().lines().findFirst()).hasValue("error: " + message);
        assertThat(run.exitCode()).isEqualTo(2);
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
