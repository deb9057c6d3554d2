package io.layerplan.compiler.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.syntax.RandomPlans;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.text.ProgramReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class PlanDrawingTest {
    private static final int RANDOM_PLANS = 20;

    @TestFactory
    Stream<DynamicTest> drawsPrograms() {
        return GoldenFiles.tests("drawing", ".program", 3, golden -> {
            Program program = ProgramReader.read(golden.name(), golden.text());
            LaunchSummary summary = LaunchSummary.of(program, program);
            return PlanDrawing.svg(new Heading(golden.name(), "the plan", "the model", true), program, summary);
        });
    }

    @Test
    void everyLaunchOfRandomPlansIsDrawnOnceAndEveryJobIsInABox() {
        int drawn = 0;
        for (int seed = 0; seed < RANDOM_PLANS; seed++) {
            String architecture = seed % 2 == 0 ? "llama" : "gemma3";
            Optional<Compiled> compiled = Compiled.tryOf(RandomPlans.plan(seed, 6), architecture, 6);
            if (compiled.isPresent()) {
                checkIsComplete(compiled.get().fused(), compiled.get().summary());
                checkIsComplete(compiled.get().unfused(), compiled.get().summary());
                drawn++;
            }
        }
        assertThat(drawn).isGreaterThan(RANDOM_PLANS / 2);
    }

    private static void checkIsComplete(Program program, LaunchSummary summary) {
        List<Integer> numbers = new ArrayList<>();
        int jobs = 0;
        for (Block block : PictureReader.read(program)) {
            for (Section section : block.sections()) {
                for (Band band : section.bands()) {
                    numbers.add(band.number());
                    jobs += band.boxes().stream().mapToInt(Box::jobs).sum();
                }
            }
        }
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.range(0, program.launches().size()).boxed().toList());
        assertThat(jobs)
                .isEqualTo(program.launches().stream()
                        .mapToInt(launch -> launch.jobs().size())
                        .sum());
        Document document = parse(PlanDrawing.svg(new Heading("random", "…", "random", true), program, summary));
        assertThat(classes(document, "band")).isEqualTo(program.launches().size() + 1);
    }

    @Test
    void namesAreEscapedAndWhatXmlCannotHoldIsReplaced() {
        Compiled compiled = Compiled.of("run all", "llama", 2);
        String svg = PlanDrawing.svg(
                new Heading("<&\">\u0001", "run 0 # <script>\n# ]]> 層", "m&m", true),
                compiled.fused(),
                compiled.summary());
        assertThat(parse(svg).getDocumentElement().getTextContent())
                .contains("<&\">\uFFFD on m&m")
                .contains("run 0 # <script>")
                .contains("# ]]> 層");
    }

    @Test
    void longPlansAreWrappedAndShortened() {
        Compiled compiled = Compiled.of("run all", "llama", 2);
        String svg = PlanDrawing.svg(
                new Heading("long", "run 0; ".repeat(20) + "\n" + "run 1\n".repeat(50), "model", true),
                compiled.fused(),
                compiled.summary());
        assertThat(svg).contains("more lines");
    }

    @Test
    void doesNotDrawWhatNobodyCouldRead() {
        Compiled compiled = Compiled.of("run all", "llama", 2);
        Program program = compiled.fused();
        List<Launch> many = Collections.nCopies(
                PlanDrawing.MOST_LAUNCHES + 1, program.launches().getFirst());
        Program large = new Program(
                program.name(),
                program.mode(),
                program.vocabulary(),
                program.context(),
                program.weights(),
                program.buffers(),
                program.slots(),
                many,
                program.logits());
        assertThatThrownBy(() -> PlanDrawing.svg(new Heading("a", "b", "c", true), large, compiled.summary()))
                .isInstanceOf(InputException.class)
                .hasMessage("a picture of 4,001 launches could not be read");
    }

    private static Document parse(String svg) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(svg, e);
        }
    }

    private static long classes(Document document, String name) {
        NodeList all = document.getElementsByTagName("rect");
        return IntStream.range(0, all.getLength())
                .filter(i -> ((Element) all.item(i)).getAttribute("class").equals(name))
                .count();
    }
}
