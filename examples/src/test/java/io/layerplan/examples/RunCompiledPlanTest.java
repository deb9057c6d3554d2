package io.layerplan.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.compiled.CompiledPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bundled model under the founding plan, compiled by the command line, then run by the example in a JVM whose
/// class path holds the runtime alone.
final class RunCompiledPlanTest {
    private static final Path ROOT = Path.of(System.getProperty("layerplan.root", ".."));
    private static final Path EXAMPLES = ROOT.resolve("examples");
    private static final Path MODEL = EXAMPLES.resolve("models/kjv-7m-q8_0.gguf");
    private static final String PLAN = EXAMPLES.resolve("plans/founding.plan").toString();
    private static final String PROMPT = "And God said";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writesWhatTheCommandLineWrites(boolean packed) throws IOException, InterruptedException {
        Path model = Files.copy(MODEL, folder.resolve("model.gguf"));
        String direct = layerplan("run", PLAN, "--model", model.toString(), "--prompt", PROMPT, "-n", "24");
        assertThat(direct.strip()).hasSizeGreaterThan(20);

        String plan = folder.resolve("founding.lpx").toString();
        List<String> compile = new ArrayList<>(List.of("compile", PLAN, "--model", model.toString(), "-o", plan));
        if (packed) {
            compile.add("--pack");
        }
        layerplan(compile.toArray(String[]::new));
        if (packed) {
            Files.delete(model);
        }

        assertThat(example(plan, PROMPT).stripTrailing()).isEqualTo(direct.stripTrailing());
        assertThat(layerplan("run", plan, "--prompt", PROMPT, "-n", "24")).isEqualTo(direct);
    }

    @Test
    void isTwentyLines() throws IOException {
        assertThat(Files.readAllLines(source())).hasSizeLessThanOrEqualTo(22);
    }

    private static Path source() {
        return EXAMPLES.resolve("src/main/java/io/layerplan/examples/RunCompiledPlan.java");
    }

    private String example(String... arguments) throws IOException, InterruptedException {
        String runtime = CompiledPlan.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        List<String> command = new ArrayList<>(List.of("-cp", runtime, source().toString()));
        command.addAll(List.of(arguments));
        return java(command);
    }

    private String layerplan(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), "io.layerplan.compiler.cli.Layerplan"));
        command.addAll(List.of(arguments));
        return java(command);
    }

    /// What another JVM prints on standard output.
    private String java(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(arguments);
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
