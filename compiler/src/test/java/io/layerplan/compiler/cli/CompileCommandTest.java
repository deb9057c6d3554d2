package io.layerplan.compiler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.compiled.CompiledPlanOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class CompileCommandTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TestFactory
    Stream<DynamicNode> compiledPlansComputeTheLogitsOfTransformers() {
        return Fixture.all().stream()
                .map(fixture -> DynamicTest.dynamicTest(fixture.architecture(), () -> compiledPlansCompute(fixture)));
    }

    private void compiledPlansCompute(Fixture fixture) {
        Path model = Fixture.resource(fixture.architecture() + ".gguf");
        for (Fixture.Case expected : fixture.cases().subList(0, 4)) {
            for (boolean packed : new boolean[] {false, true}) {
                Path plan = folder.resolve("plan.lpx");
                List<String> arguments = new ArrayList<>(
                        List.of("compile", "-e", expected.plan(), "--model", model.toString(), "-o", plan.toString()));
                if (packed) {
                    arguments.add("--pack");
                }
                assertThat(execute(arguments))
                        .as(err.toString(StandardCharsets.UTF_8))
                        .isZero();
                assertLogits(plan, expected);
            }
        }
    }

    private static void assertLogits(Path plan, Fixture.Case expected) {
        try (CompiledPlan open = CompiledPlan.open(plan, CompiledPlanOptions.DEFAULTS.withContext(0))) {
            float[] logits = open.logits(expected.tokens(), expected.tokens().length);
            assertThat(logits).hasSameSizeAs(expected.logits());
            for (int i = 0; i < logits.length; i++) {
                assertThat(Math.abs(logits[i] - expected.logits()[i])).isLessThan(2e-4f);
            }
        }
    }

    /// By `run`, with the weights in the file and without.
    @Test
    void compiledPlansRunAsThePlanDoes() throws IOException {
        Path plan = Files.writeString(folder.resolve("draft.plan"), "run 0; par 1..2 avg; loop 2 x2; run rest\n");
        List<String> flags = List.of("--tokens", "1,2,3", "-n", "12", "--json", "--logprobs", "2");
        String direct = run(plan, List.of("--model", model()), flags);
        assertThat(direct).contains("\"tokens\" : [ ");
        Path bare = folder.resolve("bare.lpx");
        Path packed = folder.resolve("packed.lpx");
        Path model = Files.copy(Fixture.resource("llama.gguf"), folder.resolve("copy.gguf"));
        for (Path output : List.of(bare, packed)) {
            List<String> arguments = new ArrayList<>(
                    List.of("compile", plan.toString(), "--model", model.toString(), "-o", output.toString()));
            if (output.equals(packed)) {
                arguments.add("--pack");
            }
            assertThat(execute(arguments))
                    .as(err.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
        assertThat(run(bare, List.of(), flags)).isEqualTo(direct);
        Files.move(model, folder.resolve("moved.gguf"));
        assertThat(run(packed, List.of(), flags)).isEqualTo(direct);
        assertThat(run(bare, List.of("--model", folder.resolve("moved.gguf").toString()), flags))
                .isEqualTo(direct);
        assertThat(execute(List.of("run", bare.toString(), "--tokens", "1"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("carries no weights", "`--model FILE`");
    }

    @Test
    void flagsOfACompilationAreRefusedForACompiledPlan() {
        String output = folder.resolve("plan.lpx").toString();
        assertThat(execute(List.of("compile", "-e", "run all", "--model", model(), "-o", output)))
                .isZero();
        for (List<String> flags : List.of(
                List.of("--no-fuse"),
                List.of("--set", "n=1"),
                List.of("--strict"),
                List.of("--plan", "x"),
                List.of("-e", "run all"))) {
            List<String> arguments = new ArrayList<>(List.of("run", output, "--tokens", "1"));
            arguments.addAll(flags);
            err.reset();
            assertThat(execute(arguments)).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains(
                            "error: `%s` says nothing to a plan that is compiled already".formatted(flags.getFirst()));
        }
    }

    /// What `run --json` prints, up to the figures.
    private String run(Path plan, List<String> model, List<String> flags) {
        List<String> arguments = new ArrayList<>(List.of("run", plan.toString()));
        arguments.addAll(model);
        arguments.addAll(flags);
        out.reset();
        assertThat(execute(arguments)).as(err.toString(StandardCharsets.UTF_8)).isZero();
        String json = out.toString(StandardCharsets.UTF_8);
        return json.substring(0, json.indexOf("\"stats\""));
    }

    @Test
    void saysWhatItWrote() throws IOException {
        Path plan = Files.writeString(folder.resolve("draft.plan"), "param n = 1\nloop 0 x(n); run rest\n");
        Path output = folder.resolve("draft.lpx");
        int code = execute(List.of(
                "compile", plan.toString(), "--set", "n=2", "--model", model(), "-o", output.toString(), "--json"));
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"bytes\" : " + Files.size(output), "\"packed\" : false", "\"launches\" : ");
        try (CompiledPlan open = CompiledPlan.open(output)) {
            assertThat(open.name()).isEqualTo("draft");
            assertThat(open.origin().sourceName()).isEqualTo(plan.toString());
            assertThat(open.origin().source()).isEqualTo(Files.readString(plan));
            assertThat(open.origin().settings()).isEqualTo(Map.of("set.n", "2", "fuse", "true", "numeric", "f32"));
        }
    }

    @Test
    void inspectTellsWhatAPlanWasCompiledFrom() throws IOException {
        Path plan = Files.writeString(folder.resolve("draft.plan"), "# two turns\nloop 0 x2; run rest\n");
        Path output = folder.resolve("draft.lpx");
        for (boolean packed : new boolean[] {false, true}) {
            List<String> arguments = new ArrayList<>(List.of(
                    "compile", plan.toString(), "--model", model(), "--numeric", "q8", "-o", output.toString()));
            if (packed) {
                arguments.add("--pack");
            }
            assertThat(execute(arguments)).isZero();
            out.reset();
            assertThat(execute(List.of("inspect", output.toString()))).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains(
                            "compiled plan  `draft`, version 1, for cpu\n",
                            "numeric mode   q8\n",
                            "`, at `" + Path.of(model()).toAbsolutePath() + "` when it was compiled\n",
                            packed ? "weights        in this file\n" : "weights        in the model's file\n",
                            "settings       fuse = true, numeric = q8\n",
                            "plan           %s:\n    # two turns\n    loop 0 x2; run rest\n".formatted(plan));
            out.reset();
            assertThat(execute(List.of("inspect", output.toString(), "--json"))).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("\"numeric\" : \"q8\"", "\"packed\" : " + packed, "\"launches\" : ");
        }
    }

    @Test
    void commandsThatReadPlansSayWhatToDoWithACompiledOne() {
        String output = folder.resolve("plan.lpx").toString();
        assertThat(execute(List.of("compile", "-e", "run all", "--model", model(), "-o", output)))
                .isZero();
        for (List<String> command : List.of(
                List.of("check", output, "--layers", "3"),
                List.of("explain", output, "--model", model()),
                List.of("fmt", output))) {
            err.reset();
            assertThat(execute(command)).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("plan.lpx` is a compiled plan, not the text of one", "`layerplan inspect ");
        }
    }

    @Test
    void aPlanWithErrorsLeavesNoFile() throws IOException {
        Path output = folder.resolve("wrong.lpx");
        assertThat(execute(List.of("compile", "-e", "run 0..99", "--model", model(), "-o", output.toString())))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("error: ");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void refusesUnknownTargetsAndWantsAnOutput() {
        assertThat(execute(List.of("compile", "-e", "run all", "--model", model(), "-o", "x", "--target", "abacus")))
                .isEqualTo(2);
        assertThat(execute(List.of("compile", "-e", "run all", "--model", model())))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("error: there is no target `abacus`", "error: no output given", "-o plan.lpx");
    }

    @Test
    void replacesNothingButCompiledPlansAndWritesNoFolder() throws IOException {
        Path plan = Files.writeString(folder.resolve("draft.plan"), "run all\n");
        Path weights = Files.copy(Path.of(model()), folder.resolve("other.gguf"));
        String same = folder.resolve(".").resolve("draft.plan").toString();
        for (String output : List.of(same, weights.toString())) {
            assertThat(execute(List.of("compile", plan.toString(), "--model", model(), "-o", output)))
                    .isEqualTo(2);
        }
        Path compiled = folder.resolve("draft.compiled");
        for (int again = 0; again < 2; again++) {
            assertThat(execute(List.of("compile", plan.toString(), "--model", model(), "-o", compiled.toString())))
                    .isZero();
        }
        for (String output : List.of(folder.toString(), folder.getRoot().toString())) {
            assertThat(execute(List.of("compile", plan.toString(), "--model", model(), "-o", output)))
                    .isEqualTo(2);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "error: `%s` is there already, and is no compiled plan".formatted(same),
                        "error: `%s` is there already, and is no compiled plan".formatted(weights),
                        "error: `%s` is a folder".formatted(folder));
        assertThat(plan).hasContent("run all");
        assertThat(weights).hasSameBinaryContentAs(Path.of(model()));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(plan, weights, compiled);
        }
    }

    private static String model() {
        return Fixture.resource("llama.gguf").toString();
    }

    private int execute(List<String> arguments) {
        Environment environment = new Environment(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                Optional.empty(),
                false,
                false,
                false);
        return Layerplan.execute(arguments, environment);
    }
}
