package io.layerplan.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every plan of `plans/` is right, and runs on the bundled model.
final class ExamplePlansTest {
    private static final Path PLANS = Command.ROOT.resolve("examples/plans");
    /// For a model of 80 layers, which none of ours is.
    private static final String DEEP = "repeated-block.plan";

    static List<Path> plans() throws IOException {
        try (Stream<Path> files = Files.list(PLANS)) {
            List<Path> plans = files.sorted().toList();
            assertThat(plans).hasSizeGreaterThanOrEqualTo(12);
            return plans;
        }
    }

    static List<Path> plansOfTheBundledModel() throws IOException {
        return plans().stream().filter(plan -> !plan.endsWith(DEEP)).toList();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void isRight(Path plan) {
        List<String> check = List.of("check", plan.toString());
        Command command =
                Command.run(plan.endsWith(DEEP) ? List.of("check", plan.toString(), "--layers", "80") : check);
        assertThat(command.err()).doesNotContain("error");
        assertThat(command.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("plansOfTheBundledModel")
    void runs(Path plan) {
        Command command = Command.run(List.of("run", plan.toString(), "--prompt", "And God said", "-n", "6"));
        assertThat(command.exitCode()).as(command.err()).isZero();
        assertThat(command.out()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("plansOfTheBundledModel")
    void isExplained(Path plan) {
        Command command = Command.run(List.of("explain", plan.toString()));
        assertThat(command.exitCode()).as(command.err()).isZero();
        assertThat(command.out()).contains("kv0", "launches");
    }
}
