package io.layerplan.compiler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LayerplanTest {
    private static final String MISTAKE = "run 0..40";

    @TempDir
    Path folder;

    @Test
    void colorsOnlyOnATerminalUnlessToldOtherwise() {
        assertThat(errorOnTerminal(Map.of(), "check", "-e", MISTAKE)).contains("\u001B[");
        assertThat(errorOnTerminal(Map.of("NO_COLOR", "1"), "check", "-e", MISTAKE))
                .doesNotContain("\u001B[");
        assertThat(errorOnTerminal(Map.of("TERM", "dumb"), "check", "-e", MISTAKE))
                .doesNotContain("\u001B[");
        assertThat(errorOnTerminal(Map.of(), "check", "-e", MISTAKE, "--color", "never"))
                .doesNotContain("\u001B[");
        assertThat(CommandLineRun.of("check", "-e", MISTAKE).err()).doesNotContain("\u001B[");
        assertThat(CommandLineRun.of("check", "-e", MISTAKE, "--color", "always")
                        .err())
                .contains("\u001B[");
    }

    @Test
    void showsAStackTraceOnlyWhenAskedTo() {
        assertThat(CommandLineRun.of("check", "nowhere.plan").err()).doesNotContain("\tat ");
        assertThat(CommandLineRun.of("check", "nowhere.plan", "--stacktrace").err())
                .contains("\tat ");
        assertThat(CommandLineRun.of("", Map.of("LAYERPLAN_DEBUG", "1"), List.of("check", "nowhere.plan"))
                        .err())
                .contains("\tat ");
    }

    @Test
    void takesTheModelFromTheEnvironment() {
        CommandLineRun run =
                CommandLineRun.of("", Map.of("LAYERPLAN_MODEL", "nowhere.gguf"), List.of("check", "-e", "run all"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("error: cannot read `nowhere.gguf`: no such file or folder\n");
    }

    @Test
    void saysThatNoModelWasGivenWhereNoneIsInstalled() {
        var err = new ByteArrayOutputStream();
        int exitCode = Layerplan.execute(
                List.of("check", "-e", "run all"),
                environment(OutputStream.nullOutputStream(), err, Map.of(), Optional.empty(), false));
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("error: no model given\n");
    }

    @Test
    void takesThePromptFromStandardInputWithoutItsLineEnd() {
        List<String> arguments = List.of("run", "-e", "run all", "-n", "4", "--json");
        CommandLineRun piped = CommandLineRun.of("And God said\n", Map.of(), arguments);
        assertThat(piped.exitCode()).isZero();
        assertThat(piped.out()).contains("\"prompt_tokens\" : [ 296, 387, 388 ]");
    }

    @Test
    void generatesTheSameTokensFusedAndUnfusedAndTheSameTextAsItPrints() {
        String[] arguments = {"run", "-e", "run 0..3; par 4..11 avg; run rest", "-p", "And God said", "-n", "12"};
        String text = CommandLineRun.of(arguments).out();
        assertThat(text).isNotBlank().endsWith("\n");
        assertThat(CommandLineRun.of(with(arguments, "--no-fuse")).out()).isEqualTo(text);
        assertThat(CommandLineRun.of(with(arguments, "--threads", "1")).out()).isEqualTo(text);
        assertThat(CommandLineRun.of(with(arguments, "--echo")).out()).isEqualTo("And God said" + text);
    }

    @Test
    void drawsTheSameTextFromTheSameSeed() {
        String[] arguments = {
            "run", "-e", "run all", "-p", "In the", "-n", "12", "--temperature", "1", "--top-p", "0.9", "--seed", "5"
        };
        assertThat(CommandLineRun.of(arguments).out())
                .isEqualTo(CommandLineRun.of(arguments).out());
    }

    @Test
    void printsStatisticsOnStandardError() {
        CommandLineRun run = CommandLineRun.of("run", "-e", "run 0..3; skip 4..last", "--tokens", "5,6", "--stats");
        assertThat(run.err()).contains("4 layers, 4 key/value slots", "tokens/s", "(f32) for 256 positions");
        assertThat(run.err())
                .containsPattern("process +([0-9.]+ .B|unknown) resident beyond weights, keys and values; heap");
        assertThat(run.err())
                .containsPattern(
                        "start +[0-9.]+ s: jvm [0-9.]+, command line [0-9.]+, model [0-9.]+, plan [0-9.]+, tokenizer"
                                + " [0-9.]+, weights and kernels [0-9.]+, first token [0-9.]+; the JVM's compilers"
                                + " worked");
    }

    @Test
    void keysAndValuesTakeHalfTheMemoryAsHalves() {
        String[] arguments = {"run", "-e", "run all", "--tokens", "5,6", "-n", "2"};
        CommandLineRun exact = CommandLineRun.of(with(arguments, "--stats"));
        CommandLineRun halves = CommandLineRun.of(with(arguments, "--kv", "f16", "--stats"));
        assertThat(halves.exitCode()).as(halves.err()).isZero();
        assertThat(exact.err()).contains("keys and values 2.23 MB (f32) for 256 positions");
        assertThat(halves.err()).contains("keys and values 1.11 MB (f16) for 256 positions");
        assertThat(CommandLineRun.of(with(arguments, "--kv", "f16", "--json")).out())
                .contains("\"kv_format\" : \"f16\"");
        assertThat(CommandLineRun.of(with(arguments, "--kv", "q8")).err())
                .startsWith("error: `--kv` is one of f32, f16, not `q8`\n");
    }

    @Test
    void isQuietWhenItsReaderGoesAway() {
        var err = new ByteArrayOutputStream();
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Environment environment = environment(closed, err, Map.of(), Optional.of(home()), false);
        int exitCode = Layerplan.execute(List.of("run", "-e", "run all", "-p", "And God said"), environment);
        assertThat(exitCode).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void rewritesOnlyFilesThatChange() throws IOException {
        Path plan = Files.writeString(folder.resolve("a.plan"), "run 0 .. 3;run rest\n");
        assertThat(CommandLineRun.of("fmt", "--check", plan.toString()))
                .isEqualTo(new CommandLineRun(2, plan + "\n", ""));
        assertThat(CommandLineRun.of("fmt", "-w", plan.toString())).isEqualTo(new CommandLineRun(0, "", ""));
        assertThat(plan).hasContent("run 0..3\nrun rest\n");
        assertThat(CommandLineRun.of("fmt", "--check", plan.toString())).isEqualTo(new CommandLineRun(0, "", ""));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void completesCommandsAndOptions() {
        assertThat(CommandLineRun.of("completion", "bash").out()).contains("complete ", "check", "--prompt");
        assertThat(CommandLineRun.of("completion", "zsh").out()).contains("bashcompinit");
    }

    @Test
    void saysItsVersion() {
        assertThat(CommandLineRun.of("--version").out())
                .startsWith("layerplan ")
                .contains("Java 25");
    }

    private static String errorOnTerminal(Map<String, String> variables, String... arguments) {
        var err = new ByteArrayOutputStream();
        int exitCode = Layerplan.execute(
                List.of(arguments),
                environment(OutputStream.nullOutputStream(), err, variables, Optional.of(home()), true));
        assertThat(exitCode).isEqualTo(2);
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Environment environment(
            OutputStream out, OutputStream err, Map<String, String> variables, Optional<Path> home, boolean terminal) {
        return new Environment(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                variables,
                home,
                false,
                terminal,
                terminal);
    }

    private static Path home() {
        return Path.of(System.getProperty("layerplan.root", ".."));
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
