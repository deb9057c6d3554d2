package io.layerplan.compiler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainDrawingTest {
    private static final String PLAN = "run 0; par 1,2 avg; run rest";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void drawsThePlanFusedOrNotBesideTheTables() throws IOException {
        Path fused = folder.resolve("fused.svg");
        Path unfused = folder.resolve("unfused.SVG");
        assertThat(explain("--draw", fused.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("run all", "fused", "unfused", "barriers");
        assertThat(explain("--draw", unfused.toString(), "--no-fuse")).isZero();
        assertThat(Files.readString(fused))
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .contains(PLAN)
                .contains("plan on llama.gguf")
                .contains("mean of 2 (h + down)");
        assertThat(Files.size(unfused)).isGreaterThan(Files.size(fused));
    }

    @Test
    void printsTheGraphForGraphvizInsteadOfTheTables() {
        assertThat(explain("--dot")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("digraph \"plan\" {\n")
                .endsWith("}\n");
    }

    @Test
    void theFiguresAreInTheJsonToo() throws IOException {
        assertThat(explain("--json", "--draw", folder.resolve("a.svg").toString()))
                .isZero();
        JsonNode fusion = new ObjectMapper()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .get("fusion");
        assertThat(fusion.get("fused").get("launches").asInt())
                .isPositive()
                .isLessThan(fusion.get("unfused").get("launches").asInt());
        assertThat(fusion.get("fused").get("weight_bytes").asLong())
                .isEqualTo(fusion.get("unfused").get("weight_bytes").asLong());
    }

    @Test
    void refusesWhatCannotBeDrawn() {
        assertThat(explain("--draw", folder.resolve("picture.png").toString())).isEqualTo(2);
        assertThat(explain("--draw", folder.resolve("none/picture.svg").toString()))
                .isEqualTo(2);
        assertThat(explain("--dot", "--json")).isEqualTo(2);
        assertThat(explain("--no-fuse")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("drawings are SVG", "no such file or folder", "`--no-fuse` without a drawing");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("both `--dot` and `--json` given");
    }

    @Test
    void theDrawingInTheReadmeIsOfTheFoundingPlanAsItIsCompiledNow() throws IOException {
        Path repository = Path.of("..");
        Path shown = repository.resolve("docs/founding.svg");
        Path drawn = Boolean.getBoolean("golden.update") ? shown : folder.resolve("founding.svg");
        List<String> arguments = List.of(
                "explain",
                repository.resolve("examples/plans/founding.plan").toString(),
                "--model",
                repository.resolve("examples/models/kjv-7m-q8_0.gguf").toString(),
                "--draw",
                drawn.toString());
        assertThat(execute(arguments)).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(shown).as("renewed by -Dgolden.update=true").hasSameTextualContentAs(drawn);
    }

    @Test
    void aPlanWithErrorsIsNotDrawn() {
        Path picture = folder.resolve("picture.svg");
        List<String> arguments = List.of(
                "explain",
                "-e",
                "run 99",
                "--model",
                Fixture.resource("llama.gguf").toString(),
                "--draw",
                picture.toString());
        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(picture).doesNotExist();
    }

    private int explain(String... flags) {
        List<String> arguments = new ArrayList<>(List.of(
                "explain", "-e", PLAN, "--model", Fixture.resource("llama.gguf").toString()));
        arguments.addAll(List.of(flags));
        return execute(arguments);
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
