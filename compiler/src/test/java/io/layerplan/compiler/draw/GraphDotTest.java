package io.layerplan.compiler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.lower.LaunchNodes;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class GraphDotTest {
    @TestFactory
    Stream<DynamicTest> printsGraphsAsBuilt() {
        return GoldenFiles.tests("dot", ".plan", 2, golden -> {
            String architecture = golden.option("model").orElse("llama");
            Compiled compiled = Compiled.of(golden.text(), architecture, 3);
            return GraphDot.print(compiled.plain(), LaunchNodes.unfused(compiled.plain()));
        });
    }

    @Test
    void thereIsAClusterForEveryLaunchOfTheProgram() {
        for (String architecture : List.of("llama", "qwen2", "qwen3", "gemma3")) {
            Compiled compiled = Compiled.of("run 0; par 1..3 avg; attn 4; ffn 5", architecture, 6);
            String fused = GraphDot.print(compiled.optimised(), LaunchNodes.fused(compiled.optimised()));
            String unfused = GraphDot.print(compiled.plain(), LaunchNodes.unfused(compiled.plain()));
            assertThat(clusters(fused))
                    .as(architecture)
                    .isEqualTo(compiled.fused().launches().size());
            assertThat(clusters(unfused))
                    .as(architecture)
                    .isEqualTo(compiled.unfused().launches().size());
        }
    }

    @Test
    void theLaunchesHaveTheJobsOfTheProgram() {
        Compiled compiled = Compiled.of("run 0; par 1..3 avg", "qwen3", 6);
        assertThat(LaunchNodes.fused(compiled.optimised()))
                .extracting(List::size)
                .containsExactlyElementsOf(compiled.fused().launches().stream()
                        .map(launch -> launch.jobs().size())
                        .toList());
    }

    private static long clusters(String dot) {
        return dot.lines().filter(line -> line.contains("subgraph cluster_")).count();
    }
}
