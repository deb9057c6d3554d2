package io.layerplan.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.golden.GoldenCase;
import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.golden.GraphCase;
import io.layerplan.compiler.golden.PlanCase;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphPrinter;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.compiler.testing.ModelShape;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.program.text.ProgramPrinter;
import io.layerplan.runtime.program.text.ProgramReader;
import io.layerplan.runtime.tensor.ElementType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// From a plan to the fused graph and to the program, for the few shapes that differ in kind. They change with every
/// pass; what a pass does is the business of its own golden files.
final class PipelineGoldenTest {
    @TestFactory
    Stream<DynamicTest> plansBecomeGraphs() {
        return GoldenFiles.tests("pipeline", ".plan", ".graph.expected", 3, golden -> {
            String text = GraphPrinter.print(graph(golden));
            assertThat(GraphPrinter.print(GraphCase.read(golden.name(), text))).isEqualTo(text);
            return text;
        });
    }

    @TestFactory
    Stream<DynamicTest> plansBecomePrograms() {
        return GoldenFiles.tests("pipeline", ".plan", ".program.expected", 3, golden -> {
            String text = ProgramPrinter.print(
                    compilation().lower(graph(golden), model(golden).spec()));
            assertThat(ProgramPrinter.print(ProgramReader.read(golden.name(), text)))
                    .isEqualTo(text);
            return text;
        });
    }

    private static Graph graph(GoldenCase golden) {
        Schedule schedule = PlanCase.resolve(golden).schedule().orElseThrow();
        return compilation().graph(golden.name(), schedule, model(golden));
    }

    private static Compilation compilation() {
        return new Compilation(CompilationOptions.FUSED.verifying(true));
    }

    private static Model model(GoldenCase golden) {
        String architecture = golden.option("architecture").orElse("llama");
        int layers = golden.option("layers").map(Integer::parseInt).orElse(2);
        return RandomModels.model(ModelShape.of(architecture, List.of(ElementType.Q8_0), layers), 1);
    }
}
