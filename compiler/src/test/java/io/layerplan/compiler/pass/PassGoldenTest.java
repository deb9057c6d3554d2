package io.layerplan.compiler.pass;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.golden.GoldenCase;
import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.golden.GraphCase;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphPrinter;
import io.layerplan.compiler.graph.Verifier;
import io.layerplan.compiler.testing.RandomRun;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.Matrix;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every pass on graphs of a few lines: what it makes of them, that its result is a graph that computes the same, bit
/// for bit, and that a graph it has nothing to do for stays the very same.
final class PassGoldenTest {
    private static final String DOES_NOT_FIRE = "_does_not_fire";

    @TestFactory
    Stream<DynamicContainer> passesRewriteTheirGraphs() {
        return Pipelines.fusing().stream()
                .map(pass -> DynamicContainer.dynamicContainer(
                        pass.name(),
                        GoldenFiles.tests("pass/" + pass.name(), ".ir", 2, golden -> rewrite(pass, golden))));
    }

    @TestFactory
    Stream<DynamicTest> everyPassFiresInOneCaseAndDoesNotInAnother() {
        return Pipelines.fusing().stream()
                .map(pass -> DynamicTest.dynamicTest(pass.name(), () -> {
                    List<String> names = GoldenFiles.cases("pass/" + pass.name(), ".ir").stream()
                            .map(GoldenCase::name)
                            .toList();
                    assertThat(names).anyMatch(name -> name.endsWith(DOES_NOT_FIRE));
                    assertThat(names).anyMatch(name -> !name.endsWith(DOES_NOT_FIRE));
                }));
    }

    private static String rewrite(Pass pass, GoldenCase golden) {
        Graph before = GraphCase.read(golden);
        Graph after = pass.run(before);
        if (golden.name().endsWith(DOES_NOT_FIRE)) {
            assertThat(after).isSameAs(before);
        } else {
            assertThat(after).isNotEqualTo(before);
            assertThat(pass.run(after)).as("once is enough").isSameAs(after);
        }
        Verifier.verify(after, pass.name());
        Map<String, Matrix> weights = RandomRun.weights(before);
        for (NumericMode mode : NumericMode.values()) {
            assertThat(RandomRun.results(after, weights, mode))
                    .as("bit for bit in %s", mode)
                    .isEqualTo(RandomRun.results(before, weights, mode));
        }
        String text = GraphPrinter.print(after);
        assertThat(GraphPrinter.print(GraphCase.read(pass.name(), text))).isEqualTo(text);
        return text;
    }
}
