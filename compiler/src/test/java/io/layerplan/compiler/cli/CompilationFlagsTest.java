package io.layerplan.compiler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.fixtures.Fixture;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The flags that look into a compilation, and graphs as input.
final class CompilationFlagsTest {
    private static final String PLAN = "loop { run 0 } x1; par 1, 2 avg; skip 3..last\n";
    private static final List<String> TOKENS = List.of("--tokens", "1,2,3", "-n", "6", "--json", "--logprobs", "2");

    @TempDir
    Path folder;

    private String plan = "";
    private String out = "";
    private String err = "";

    @BeforeEach
    void writePlan() throws IOException {
        plan = Files.writeString(folder.resolve("draft.plan"), PLAN).toString();
    }

    @Test
    void emitsEveryStage() {
        assertThat(emit(plan, "ast")).contains("(loop (block) (repeat 1))");
        assertThat(emit(plan, "schedule")).isEqualTo("run 0\npar avg\n  run 1\n  run 2\n");
        assertThat(emit(plan, "graph")).startsWith("graph \"draft\"").contains("gated_matmul(norm(");
        assertThat(emit(plan, "program")).startsWith("program \"draft\"").contains("mode f32");
    }

    @Test
    void withoutFusionTheGraphIsAsBuilt() {
        assertThat(emit(plan, "graph", "--no-fuse")).contains("multiply(").doesNotContain("gated_matmul");
    }

    @Test
    void passesAndRulesAreDisabledByName() {
        String graph = emit(plan, "graph", "--disable-pass", "fuse-gate,fuse-norm", "--disable-pass", "fuse-sum");
        assertThat(graph).contains("multiply(").contains("rotate = rotate(").doesNotContain("matmul(norm(");
        assertThat(emit(plan, "schedule", "--disable-pass", "merge-loops")).contains("loop x1");
    }

    @Test
    void anUnknownPassIsRefused() {
        assertThat(execute("explain", plan, "--model", model(), "--disable-pass", "fuse-gates"))
                .isEqualTo(2);
        assertThat(err).isEqualTo("error: there is no pass `fuse-gates`\n   = help: did you mean `fuse-gate`?\n");
    }

    @Test
    void theNumericModeIsTheProgramsOwn() {
        assertThat(emit(plan, "program", "--numeric", "q8")).contains("mode q8");
    }

    @Test
    void printsWhatAPassMakes() {
        String program = emit(plan, "program", "--verify", "--print-after", "fuse-gate");
        assertThat(err).startsWith("# after fuse-gate\ngraph \"draft\"").contains("gated_matmul");
        assertThat(program).startsWith("program \"draft\"");
        assertThat(execute("explain", plan, "--model", model(), "--print-after", "all"))
                .isZero();
        assertThat(err.lines().filter(line -> line.startsWith("# after ")))
                .startsWith("# after simplify", "# after build")
                .endsWith("# after lower");
    }

    @Test
    void aGraphIsCompiledFromWhereItWasPrinted() throws IOException {
        String built = save("built.ir", emit(plan, "graph", "--no-fuse"));
        String fused = save("fused.ir", emit(plan, "graph"));
        String program = emit(plan, "program");
        assertThat(emit(built, "program")).isEqualTo(program);
        assertThat(emit(fused, "program")).isEqualTo(program);
    }

    @Test
    void aGraphRunsAndIsCompiledAheadOfTimeAsItsPlan() throws IOException {
        String graph = save("draft.ir", emit(plan, "graph"));
        String direct = tokens(plan);
        assertThat(direct).contains("\"tokens\" : [ ");
        assertThat(tokens(graph)).isEqualTo(direct);
        String compiled = folder.resolve("draft.lpx").toString();
        assertThat(execute("compile", graph, "--model", model(), "-o", compiled))
                .as(err)
                .isZero();
        assertThat(tokens(compiled)).isEqualTo(direct);
    }

    @Test
    void mistakesInAGraphAreShownAtTheirPlace() throws IOException {
        String graph = save("wrong.ir", emit(plan, "graph").replace("embed(", "embet("));
        assertThat(execute("run", graph, "--model", model(), "--tokens", "1")).isEqualTo(2);
        assertThat(err)
                .startsWith("error: there is no operation `embet`\n  --> " + graph + ":3:8\n")
                .contains("= help: did you mean `embed`?");
    }

    @Test
    void aGraphHasNoScheduleToExplain() throws IOException {
        String graph = save("draft.ir", emit(plan, "graph"));
        assertThat(execute("explain", graph, "--model", model())).isEqualTo(2);
        assertThat(err).startsWith("error: graph `draft` is no plan, and has no schedule\n");
    }

    @Test
    void emittedTextIsNoJson() {
        assertThat(execute("explain", plan, "--model", model(), "--emit", "graph", "--json"))
                .isEqualTo(2);
        assertThat(out).contains("`--emit` goes with neither `--json` nor a drawing");
    }

    private String emit(String input, String what, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("explain", input, "--model", model(), "--emit", what));
        arguments.addAll(List.of(flags));
        assertThat(execute(arguments.toArray(String[]::new))).as(err).isZero();
        return out;
    }

    /// What a run gives, without its times.
    private String tokens(String input) {
        List<String> arguments = new ArrayList<>(List.of("run", input, "--model", model()));
        arguments.addAll(TOKENS);
        assertThat(execute(arguments.toArray(String[]::new))).as(err).isZero();
        int stats = out.indexOf("\"stats\"");
        return stats < 0 ? out : out.substring(0, stats);
    }

    private String save(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String model() {
        return Fixture.resource("llama.gguf").toString();
    }

    private int execute(String... arguments) {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var environment = new Environment(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                Map.of(),
                Optional.empty(),
                false,
                false,
                false);
        int code = Layerplan.execute(List.of(arguments), environment);
        out = output.toString(StandardCharsets.UTF_8);
        err = errors.toString(StandardCharsets.UTF_8);
        return code;
    }
}
