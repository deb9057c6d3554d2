package io.layerplan.compiler.syntax.ir;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.diagnostics.DiagnosticRenderer;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.golden.GraphCase;
import io.layerplan.compiler.golden.PlanCase;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphPrinter;
import io.layerplan.compiler.graph.Renumber;
import io.layerplan.compiler.pass.Pass;
import io.layerplan.compiler.pass.Pipelines;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GraphReaderTest {
    private static final String SMALL = """
        graph "small"(%0: i32[T], %1: i32[T]) {
          %2 = weight("table") : q8_0[64, 32]
          %3 = embed(%0, %2) {scale = 2.0} : f32[T, 32]
          %4 = sum(%3, -0.5 * %3) : f32[T, 32]
          return %4
        }
        """;

    @TestFactory
    Stream<DynamicTest> mistakesGetTheirMessages() {
        return GoldenFiles.tests("ir", ".ir", 30, golden -> {
            ReadResult result = GraphReader.read(new SourceText(golden.name() + ".ir", PlanCase.text(golden)));
            assertThat(result.graph()).isEmpty();
            return new DiagnosticRenderer(false).render(result.diagnostics());
        });
    }

    static Stream<Fixture> fixtures() {
        return Fixture.all().stream();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void readsBackWhatThePrinterWritesUnfusedAndFused(Fixture fixture) {
        for (Fixture.Case plan : fixture.cases()) {
            Graph graph = fixture.graph(plan.plan());
            assertReadsBack(graph);
            for (Pass pass : Pipelines.fusing()) {
                graph = pass.run(graph);
            }
            assertReadsBack(graph);
        }
    }

    private static void assertReadsBack(Graph graph) {
        String text = GraphPrinter.print(graph);
        Graph read = GraphCase.read("printed", text);
        assertThat(read).isEqualTo(Renumber.apply(graph));
        assertThat(GraphPrinter.print(read)).isEqualTo(text);
    }

    @Test
    void namesMayHoldAnyCharacter() {
        Graph graph = GraphCase.read("small", SMALL);
        String name = "a \"plan\" of\\n \n lines\r, \t%7 and 🦊";
        assertReadsBack(new Graph(name, graph.tokens(), graph.positions(), graph.nodes(), graph.logits()));
    }

    @Test
    void typesMayBeLeftOutAndNumbersAreFree() {
        String sparse = """
            # what a person writes
            graph "small"(%7: i32[T], %3: i32[T]) {
              %20 = weight("table") : q8_0[64, 32]   # a weight keeps its type
              %10 = embed(%7, %20) {scale = 2} %11 = sum(%10, -5e-1 * %10)
              return %11 }
            """;
        assertThat(GraphPrinter.print(GraphCase.read("sparse", sparse))).isEqualTo(SMALL);
    }

    @Test
    void noMutilatedGraphMakesTheReaderFail() {
        String text = GraphPrinter.print(Fixture.all().getFirst().graph("run 0"));
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(1, 6));
            int other = random.nextInt(text.length() - 6);
            String mutilated = text.substring(0, from) + text.substring(other, other + 3) + text.substring(to);
            ReadResult result = GraphReader.read(new SourceText("mutilated", mutilated));
            assertThat(result.graph().isPresent())
                    .isEqualTo(result.diagnostics().isEmpty());
            refused += result.diagnostics().isEmpty() ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(300);
    }
}
