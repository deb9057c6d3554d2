package io.layerplan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What users get wrong ends with one message, before anything is measured.
final class BenchMistakesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bench                                      | no plan given
        bench nowhere.plan                         | cannot read `nowhere.plan`: no such file or folder
        bench nowhere.lpx                          | cannot read `nowhere.lpx`: no such file or folder
        bench -e run~all --against nowhere.plan    | cannot read `nowhere.plan`: no such file or folder
        bench -e run~all --against run~99          | the model has no layer 99
        bench -e runn~all                          | expected a statement, found `runn`
        bench -e run~all --rounds 0                | `--rounds 0` is not possible
        bench -e run~all --prompt-length 0         | `--prompt-length 0` is not possible
        bench -e run~all --context 128,0           | `--context 0` is not possible
        bench -e run~all --decode-length 0         | `--decode-length 0` is not possible
        bench -e run~all --threads -2              | `--threads -2` is not possible
        bench -e run~all --threads 5000            | 5000 threads are not possible
        bench -e run~all --warm-up -1              | `--warm-up -1.0` is no time
        bench -e run~all --rounds x                | invalid value for option `--rounds`: `x` is no whole number
        bench -e run~all --only both               | `--only` is one of fused, unfused, not `both`
        bench -e run~all --numeric f16             | `--numeric` is one of f32, q8, not `f16`
        bench -e run~all --context 4096            | 4128 positions are to be measured, and the model was made for 256
        bench -e run~all --report out.pdf          | `--report out.pdf`: reports are HTML
        bench -e run~all --report no/where.html    | cannot write `no/where.html`: no such file or folder
        bench -e run~all --model nowhere.gguf      | cannot read `nowhere.gguf`: no such file or folder
        bench -e run~all --backend gpu             | there is no backend `gpu`
        bench -e run~all --device -1               | a device -1 is not possible
        bench -e run~all --device 3                | the backend `cpu` has no device 3
        bench -e run~all --disable-pass fuse       | there is no pass `fuse`
        bench -e run~all --set n=3                 | the plan has no parameter `n`
        bench -e run~all --plan draft              | the file has no `plan` blocks to choose from
        bench - --against -                        | `-` given twice
        bench --agianst run~all                    | unknown option `--agianst`
        """)
    void isToldInOneMessage(String command, String message) {
        List<String> words = List.of(command.strip().split(" +")).stream()
                .map(word -> word.replace('~', ' '))
                .toList();
        BenchRun run = BenchRun.of("run all", words);
        assertThat(run.err().lines().findFirst()).hasValue("error: " + message);
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void theMistakesOfAllPlansAreToldAtOnce() {
        BenchRun run = BenchRun.of("bench", "-e", "run 20", "-e", "run all", "-e", "run 21");
        assertThat(run.err()).contains("no layer 20", "no layer 21");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aMistakeIsJsonWhereResultsAre() {
        BenchRun run = BenchRun.of("bench", "-e", "run 20", "--json");
        assertThat(run.json().at("/diagnostics/0/message").asText()).isEqualTo("the model has no layer 20");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void resultsAreEitherJsonOrCsv() {
        BenchRun run = BenchRun.of("bench", "-e", "run all", "--json", "--csv");
        assertThat(run.json().at("/diagnostics/0/message").asText()).isEqualTo("both `--json` and `--csv` given");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
