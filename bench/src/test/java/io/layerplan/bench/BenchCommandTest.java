package io.layerplan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.layerplan.compiler.pass.Pass;
import io.layerplan.compiler.pass.Pipelines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs are as short as they can be; what is asserted is what is said, never how fast anything was.
final class BenchCommandTest {
    private static final String FOUNDING =
            BenchRun.ROOT.resolve("examples/plans/founding.plan").toString();
    private static final Path HELP = Path.of("src/test/resources/golden/help_bench.expected");

    @TempDir
    Path folder;

    @Test
    void theHelpIsAsExpected() throws IOException {
        String help = BenchRun.of("bench", "--help").out();
        Path golden = BenchRun.ROOT.resolve("bench").resolve(HELP);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, help);
        }
        assertThat(help).isEqualTo(Files.readString(golden));
    }

    @Test
    void theCommandLineListsAndCompletesIt() {
        assertThat(BenchRun.of("--help").out())
                .containsPattern("\n  bench +Measures how fast plans run")
                .containsPattern("\n  random-model +Writes a model with random weights");
        assertThat(BenchRun.of("completion", "bash").out()).contains("--prompt-length", "--against");
    }

    @Test
    void everyPlanHasItsMediansAndRatiosInJson() {
        BenchRun run = BenchRun.shortly(FOUNDING, "-e", "run all", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode json = run.json();
        assertThat(json.get("plans")).hasSize(2);
        for (JsonNode plan : json.get("plans")) {
            for (String phase : List.of("decode", "prefill")) {
                assertThat(plan.get(phase).get("fused").asDouble()).isPositive();
                assertThat(plan.get(phase).get("unfused").asDouble()).isPositive();
                assertThat(plan.get(phase).get("ratio").asDouble()).isPositive();
            }
            assertThat(plan.at("/details/fused/launches_per_token").asInt())
                    .isPositive()
                    .isLessThan(plan.at("/details/unfused/launches_per_token").asInt());
            assertThat(plan.at("/details/fused/phases")).hasSize(3);
            assertThat(plan.at("/details/ratios")).hasSize(3);
            assertThat(plan.at("/details/fused/op_times/1/microseconds_per_token/gate_up")
                            .asDouble())
                    .isPositive();
        }
        assertThat(json.at("/plans/0/name").asText()).isEqualTo("founding");
        assertThat(json.at("/plans/0/plan").asText()).contains("par 4..11 avg");
        assertThat(json.at("/plans/1/name").asText()).isEqualTo("run all");
        assertThat(json.at("/memory_bandwidth/gigabytes_per_second").asDouble()).isPositive();
        assertThat(json.at("/settings/contexts")).hasSize(2);
        assertThat(json.at("/machine/cpu").asText())
                .isNotEmpty()
                .isEqualTo(json.at("/device/name").asText());
        assertThat(json.at("/backend").asText()).isEqualTo("cpu");
        assertThat(run.err()).contains("layerplan: warming up …\n");
    }

    @Test
    void changesOfThePlanLeaveTheOneItIsComparedWithAsItIs() {
        String text = "param n = 0; run 0..n; run 4..6";
        BenchRun run = BenchRun.shortly("-e", text, "--set", "n=3", "--against", text, "--only", "fused", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().at("/plans/0/name").asText()).isEqualTo(text + " (n=3)");
        assertThat(run.json().at("/plans/1/name").asText()).isEqualTo(text);
        assertThat(launches(run, 0)).isGreaterThan(launches(run, 1));
    }

    @Test
    void aPassThatIsLeftOutCostsLaunches() {
        List<String> passes = Pipelines.fusing().stream().map(Pass::name).toList();
        BenchRun run = BenchRun.shortly(
                "-e", "run all", "--disable-pass", String.join(",", passes), "--against", "run all", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(launches(run, 0)).isGreaterThan(launches(run, 1));
        assertThat(run.json().at("/plans/0/name").asText()).startsWith("run all (without " + passes.getFirst());
    }

    private static int launches(BenchRun run, int plan) {
        return run.json()
                .at("/plans/" + plan + "/details/fused/launches_per_token")
                .asInt();
    }

    @Test
    void oneOfTheFilesPlansIsChosen() throws IOException {
        Path file = folder.resolve("two.plan");
        Files.writeString(file, "plan short { run 0 }\nplan long { run all }\n");
        BenchRun run = BenchRun.shortly(file.toString(), "--plan", "long", "--only", "fused", "--csv");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\ntwo (long),fused,f32,f32,cpu,1,decode,");
    }

    @Test
    void aCompiledPlanTakesNoChanges() {
        Path file = folder.resolve("founding.lpx");
        BenchRun.of("compile", FOUNDING, "-o", file.toString());
        BenchRun run = BenchRun.shortly(file.toString(), "--set", "n=3");
        assertThat(run.err()).startsWith("error: `--set` says nothing to a plan that is compiled already\n");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void launchesAreWhatExplainSays() {
        JsonNode bench = BenchRun.shortly(FOUNDING, "--json").json();
        JsonNode explain = BenchRun.of("explain", FOUNDING, "--json").json();
        assertThat(bench.at("/plans/0/details/fused/launches_per_token").asInt())
                .isEqualTo(explain.at("/total/launches").asInt())
                .isPositive();
    }

    @Test
    void theTableHasALineForEveryPlanInEveryPhase() {
        BenchRun run = BenchRun.shortly(FOUNDING, "--against", "run all");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("  founding  ")))
                .hasSize(4);
        assertThat(run.out())
                .contains(
                        "decode of 2 tokens after 4, tokens/s\n",
                        "decode of 2 tokens after 9, tokens/s\n",
                        "prefill of 8 tokens, tokens/s\n",
                        "fused/unfused",
                        "against run all",
                        "GB/s read by 1 thread;",
                        "numeric mode f32, keys and values f32");
    }

    @Test
    void oneVariantAloneHasNoRatio() {
        BenchRun run =
                BenchRun.shortly("-e", "run all", "--only", "unfused", "--numeric", "q8", "--kv", "f16", "--json");
        JsonNode decode = run.json().at("/plans/0/decode");
        assertThat(decode.has("unfused")).isTrue();
        assertThat(decode.has("fused")).isFalse();
        assertThat(decode.has("ratio")).isFalse();
        assertThat(run.json().at("/plans/0/numeric").asText()).isEqualTo("q8");
        assertThat(run.json().at("/settings/kv").asText()).isEqualTo("f16");
    }

    @Test
    void thereIsALineOfCsvForEveryVariantAndPhase() {
        BenchRun run = BenchRun.shortly("-e", "run 0..3; par { run 4; run 5 } weights(0.5, 0.5)", "--csv");
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(1 + 2 * 3);
        assertThat(lines.getFirst())
                .startsWith("plan,variant,numeric,kv,backend,threads,phase,context,tokens,rounds,median");
        assertThat(lines.get(1))
                .startsWith("\"run 0..3; par { run 4; run 5 } weights(0.5, 0.5)\",fused,f32,f32,cpu,1,prefill");
    }

    @Test
    void aCompiledPlanIsMeasuredAgainstItsOwnText() {
        Path compiled = folder.resolve("founding.lpx");
        assertThat(BenchRun.of("compile", FOUNDING, "-o", compiled.toString()).exitCode())
                .isZero();
        BenchRun run = BenchRun.shortly(compiled.toString(), "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().at("/plans/0/name").asText()).isEqualTo("founding.lpx");
        assertThat(run.json().at("/plans/0/decode/ratio").asDouble()).isPositive();
        assertThat(run.json().at("/plans/0/plan").asText()).contains("par 4..11 avg");
    }

    @Test
    void aPackedPlanHasNoModelForTheOtherVariant() {
        Path packed = folder.resolve("packed.lpx");
        assertThat(BenchRun.of("compile", FOUNDING, "--pack", "-o", packed.toString())
                        .exitCode())
                .isZero();
        BenchRun run = BenchRun.shortly(packed.toString());
        assertThat(run.err())
                .contains("carries its weights, and its unfused form cannot be compiled without a model")
                .contains("`--only fused`");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(BenchRun.shortly(packed.toString(), "--only", "fused").exitCode())
                .isZero();
    }

    @Test
    void plansOfTheSameNameAreToldApart() {
        JsonNode json = BenchRun.shortly(FOUNDING, FOUNDING, "--only", "fused", "--json")
                .json();
        assertThat(json.at("/plans/1/name").asText()).isEqualTo("founding (2)");
    }
}
