package io.layerplan.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.compiler.golden.GraphCase;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphPrinter;
import io.layerplan.compiler.pass.Pass;
import io.layerplan.compiler.pass.Pipelines;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.text.ProgramPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CompilationTest {
    private static final Fixture LLAMA = Fixture.of("llama");
    private static final String PLAN = "par 1, 1, 2 avg; loop { run 0 } x1";
    private static final CompilationOptions VERIFIED = CompilationOptions.FUSED.verifying(true);

    private static Program compile(CompilationOptions options) {
        return new Compilation(options).program("test", LLAMA.schedule(PLAN), LLAMA.model());
    }

    @Test
    void fusionSavesLaunchesAndNotTheOtherWayRound() {
        assertThat(compile(VERIFIED).launches())
                .hasSizeLessThan(compile(VERIFIED.fusing(false)).launches().size());
    }

    @Test
    void theNumericModeIsTheProgramsOwn() {
        assertThat(compile(VERIFIED.in(NumericMode.Q8)).mode()).isEqualTo(NumericMode.Q8);
    }

    static Stream<String> passes() {
        return Compilation.passes().stream();
    }

    @ParameterizedTest
    @MethodSource("passes")
    void compilesWithoutAnyOneOfThePasses(String pass) {
        Program without = compile(VERIFIED.without(List.of(pass)));
        assertThat(without.launches().size())
                .isGreaterThanOrEqualTo(compile(VERIFIED).launches().size());
    }

    @Test
    void aDisabledPassDoesNotRun() {
        for (Pass pass : Pipelines.fusing()) {
            List<String> stages = new ArrayList<>();
            new Compilation(VERIFIED.without(List.of(pass.name())), (stage, _) -> stages.add(stage))
                    .program("test", LLAMA.schedule(PLAN), LLAMA.model());
            List<String> expected = new ArrayList<>(Compilation.stages());
            expected.remove(pass.name());
            assertThat(stages).isEqualTo(expected);
        }
    }

    @Test
    void aDisabledRuleLeavesItsStatements() {
        Schedule schedule = LLAMA.schedule("loop { run 0 } x1");
        assertThat(new Compilation(VERIFIED).simplify(schedule)).isEqualTo(LLAMA.schedule("run 0"));
        assertThat(new Compilation(VERIFIED.without(List.of("merge-loops"))).simplify(schedule))
                .isSameAs(schedule);
    }

    @Test
    void anUnknownPassIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> VERIFIED.without(List.of("fuse-norms")))
                .isInstanceOf(InputException.class)
                .hasMessage("there is no pass `fuse-norms`")
                .satisfies(e -> assertThat(((InputException) e).help()).contains("did you mean `fuse-norm`?"));
    }

    @Test
    void withoutANearOneAllPassesAreNamed() {
        assertThatThrownBy(() -> VERIFIED.without(List.of("everything")))
                .isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(((InputException) e).help().orElseThrow())
                        .startsWith("there are remove-dead-statements, ")
                        .endsWith("fuse-sum"));
    }

    @Test
    void aListenerSeesOneStageOrAll() {
        List<String> texts = new ArrayList<>();
        StageListener listener = StageListener.of("fuse-gate", (_, text) -> texts.add(text.get()));
        new Compilation(VERIFIED, listener).program("test", LLAMA.schedule(PLAN), LLAMA.model());
        assertThat(texts).hasSize(1);
        assertThat(texts.getFirst()).contains("gated_matmul").startsWith("graph \"test\"");

        List<String> stages = new ArrayList<>();
        new Compilation(VERIFIED, StageListener.of("all", (stage, _) -> stages.add(stage)))
                .program("test", LLAMA.schedule(PLAN), LLAMA.model());
        assertThat(stages).isEqualTo(Compilation.stages());
    }

    @Test
    void anUnknownStageIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> StageListener.of("simplfy", StageListener.NONE))
                .isInstanceOf(InputException.class)
                .satisfies(e -> assertThat(((InputException) e).help()).contains("did you mean `simplify`?"));
    }

    @Test
    void aPrintedGraphGoesOnWhereItWasPrinted() {
        Compilation compilation = new Compilation(VERIFIED);
        Graph built = compilation.build("test", compilation.simplify(LLAMA.schedule(PLAN)), LLAMA.model());
        Graph read = GraphCase.read("printed.ir", GraphPrinter.print(built));
        Program direct =
                compilation.lower(compilation.optimise(built), LLAMA.model().spec());
        Program through =
                compilation.lower(compilation.optimise(read), LLAMA.model().spec());
        assertThat(ProgramPrinter.print(through)).isEqualTo(ProgramPrinter.print(direct));
    }

    @Test
    void aGraphThatReturnsNoLogitsIsRefused() {
        String text = """
            graph "half"(%0: i32[T], %1: i32[T]) {
              %2 = weight("token_embd.weight") : f32[288, 32]
              %3 = embed(%0, %2)
              return %3
            }
            """;
        assertThatThrownBy(() -> new Compilation(VERIFIED)
                        .lower(GraphCase.read("half.ir", text), LLAMA.model().spec()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("graph `half` returns f32[T, 32], not the logits f32[R, 288] of ");
    }
}
