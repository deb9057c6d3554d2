package io.layerplan.runtime.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.generate.GenerationListener;
import io.layerplan.runtime.generate.GenerationOptions;
import io.layerplan.runtime.generate.GenerationResult;
import io.layerplan.runtime.generate.Generator;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompiledPlanTest {
    private static final String PROMPT = "in the beginning";
    private static final GenerationOptions OPTIONS =
            GenerationOptions.greedy(20).ignoringEnd();

    @TempDir
    Path folder;

    private Path model;
    private Path bare;

    @BeforeEach
    void compile() {
        model = TinyModel.write(folder.resolve("tiny.gguf"), "tiny", 1);
        bare = folder.resolve("bare.lpx");
        try (GgufFile file = GgufFile.open(model)) {
            CompiledPlanWriter.write(folder.resolve("packed.lpx"), TinyModel.PROGRAM, TinyModel.ORIGIN, file, true);
            CompiledPlanWriter.write(bare, TinyModel.PROGRAM, TinyModel.ORIGIN, file, false);
        }
    }

    @Test
    void keysAndValuesAreStoredAsItIsAskedFor() {
        try (CompiledPlan exact = CompiledPlan.open(bare);
                CompiledPlan rounded =
                        CompiledPlan.open(bare, CompiledPlanOptions.DEFAULTS.withKv(KeyValueFormat.F16))) {
            assertThat(exact.executor().figures().keyValueFormat()).isEqualTo(KeyValueFormat.F32);
            assertThat(rounded.executor().figures().keyValueFormat()).isEqualTo(KeyValueFormat.F16);
            assertThat(2 * rounded.executor().figures().keyValueBytes())
                    .isEqualTo(exact.executor().figures().keyValueBytes());
            assertThat(rounded.logits(4, 5, 6)).isNotEqualTo(exact.logits(4, 5, 6));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"packed.lpx", "bare.lpx"})
    void runsAsTheModelItselfDoes(String name) throws IOException {
        GenerationResult expected;
        float[] logits;
        try (GgufFile file = GgufFile.open(model);
                CpuExecutor executor = executor(file)) {
            Tokenizer tokenizer = Tokenizer.of(file.metadata());
            expected = new Generator(executor, tokenizer)
                    .generate(tokenizer.encode(PROMPT), OPTIONS.withContext(64), GenerationListener.NONE);
            executor.truncate(0);
            logits = executor.forward(new int[] {4, 5, 6}, 2);
        }
        if (name.equals("packed.lpx")) {
            Files.delete(model);
        }
        try (CompiledPlan plan = CompiledPlan.open(folder.resolve(name))) {
            for (int again = 0; again < 2; again++) {
                GenerationResult result = plan.generate(PROMPT, OPTIONS);
                assertThat(result.tokens()).hasSize(20).isEqualTo(expected.tokens());
                assertThat(result.text()).isEqualTo(expected.text());
                assertThat(plan.logits(new int[] {4, 5, 6}, 2)).isEqualTo(logits);
                assertThat(plan.logits(4, 5, 6)).hasSize(40).containsExactly(last(logits));
            }
            assertThat(plan.name()).isEqualTo("tiny plan");
            assertThat(plan.modelName()).isEqualTo("tiny");
            assertThat(plan.origin()).isEqualTo(TinyModel.ORIGIN);
            assertThat(plan.context()).isEqualTo(64);
        }
    }

    private static CpuExecutor executor(GgufFile file) {
        return new CpuExecutor(
                TinyModel.PROGRAM,
                name -> file.tensor(name).map(GgufTensor::matrix).orElse(null),
                CpuOptions.ofContext(64));
    }

    private static float[] last(float[] logits) {
        return Arrays.copyOfRange(logits, 40, 80);
    }

    @Test
    void findsItsModelWhereItWasElseBesideIt() throws IOException {
        CompiledPlan.open(bare).close();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path moved = Files.move(bare, elsewhere.resolve("bare.lpx"));
        CompiledPlan.open(moved).close();
        Files.move(model, elsewhere.resolve("tiny.gguf"));
        CompiledPlan.open(moved).close();
        Path named = Files.move(elsewhere.resolve("tiny.gguf"), folder.resolve("other name.gguf"));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CompiledPlan.open(moved))
                .withMessage("`%s` carries no weights, and its model is neither at `%s` nor beside it"
                        .formatted(moved, model.toAbsolutePath()));
        CompiledPlan.open(moved, CompiledPlanOptions.DEFAULTS.withModel(named)).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"packed.lpx", "bare.lpx"})
    void refusesAnotherModel(String name) {
        Path plan = folder.resolve(name);
        Path renamed = TinyModel.write(folder.resolve("renamed.gguf"), "tiny too", 1);
        Path retrained = TinyModel.write(folder.resolve("retrained.gguf"), "tiny", 2);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CompiledPlan.open(plan, CompiledPlanOptions.DEFAULTS.withModel(renamed)))
                .withMessage("`%s` is not the model `tiny` that `%s` was compiled for: key `general.name` differs"
                        .formatted(renamed, plan));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CompiledPlan.open(plan, CompiledPlanOptions.DEFAULTS.withModel(retrained)))
                .withMessage(("`%s` is not the model `tiny` that `%s` was compiled for: weights `token_embd.weight`,"
                                + " `attn_norm.weight`, `attn_q.weight` and 2 more differ")
                        .formatted(retrained, plan));
    }

    @Test
    void refusesAContextBeyondTheModels() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> CompiledPlan.open(bare, CompiledPlanOptions.DEFAULTS.withContext(65)))
                .withMessage("a context of 65 is more than the model was made for");
    }

    @Test
    void tellsCompiledPlansFromTexts() throws IOException {
        assertThat(CompiledPlan.isCompiled(bare)).isTrue();
        assertThat(CompiledPlan.isCompiled(Files.writeString(folder.resolve("x.plan"), "run all")))
                .isFalse();
        assertThat(CompiledPlan.isCompiled(Files.writeString(folder.resolve("damaged.lpx"), "GGUG")))
                .isTrue();
        assertThat(CompiledPlan.isCompiled(folder.resolve("missing.lpx"))).isFalse();
    }

    /// The class path of the other JVM is that of this module's classes alone.
    @Test
    void runsWithTheRuntimeAlone() throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("Main.java"), """
            import io.layerplan.runtime.compiled.CompiledPlan;
            import io.layerplan.runtime.generate.GenerationOptions;
            import java.nio.file.Path;

            public class Main {
                public static void main(String[] arguments) {
                    try (CompiledPlan plan = CompiledPlan.open(Path.of(arguments[0]))) {
                        GenerationOptions options = GenerationOptions.greedy(20).ignoringEnd();
                        System.out.println(plan.generate(arguments[1], options).tokens());
                    }
                }
            }
            """);
        List<String> expected;
        try (CompiledPlan plan = CompiledPlan.open(bare)) {
            expected = List.of(plan.generate(PROMPT, OPTIONS).tokens().toString());
        }
        String classes = CompiledPlan.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        source.toString(),
                        bare.toString(),
                        PROMPT)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(output, StandardCharsets.UTF_8)).endsWith(expected.getFirst());
        assertThat(process.exitValue()).isZero();
    }
}
