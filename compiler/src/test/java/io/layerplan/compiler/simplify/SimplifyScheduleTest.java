package io.layerplan.compiler.simplify;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.golden.GoldenCase;
import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.golden.PlanCase;
import io.layerplan.compiler.graph.GraphBuilder;
import io.layerplan.compiler.graph.GraphInterpreter;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.schedule.Half;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.compiler.schedule.SchedulePrinter;
import io.layerplan.compiler.testing.Logits;
import io.layerplan.compiler.testing.ModelShape;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.ElementType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every rule by itself, and all together, on plans of a line: what becomes of the schedule, and that it computes the
/// same up to rounding.
final class SimplifyScheduleTest {
    private static final String DOES_NOT_FIRE = "_does_not_fire";
    private static final int LAYERS = 6;
    private static final Model MODEL = RandomModels.model(ModelShape.of("llama", List.of(ElementType.F32), LAYERS), 3);

    @TestFactory
    Stream<DynamicContainer> rulesRewriteTheirSchedules() {
        return SimplifySchedule.rules().stream()
                .map(rule -> DynamicContainer.dynamicContainer(
                        rule.name(),
                        GoldenFiles.tests(
                                "simplify/" + rule.name(), ".plan", 2, golden -> simplify(List.of(rule), golden))));
    }

    @TestFactory
    Stream<DynamicTest> rulesWorkTogether() {
        return GoldenFiles.tests("simplify/all", ".plan", 4, golden -> simplify(SimplifySchedule.rules(), golden));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleFiresInOneCaseAndDoesNotInAnother() {
        return SimplifySchedule.rules().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
                    List<String> names = GoldenFiles.cases("simplify/" + rule.name(), ".plan").stream()
                            .map(GoldenCase::name)
                            .toList();
                    assertThat(names).anyMatch(name -> name.endsWith(DOES_NOT_FIRE));
                    assertThat(names).anyMatch(name -> !name.endsWith(DOES_NOT_FIRE));
                }));
    }

    @Test
    void turnsThatNoIntegerHoldsStayTwoLoops() {
        Schedule loops = new Schedule.Loop(new Schedule.Loop(new Schedule.Layer(0, Half.WHOLE), 1 << 20), 1 << 20);
        assertThat(new SimplifySchedule(SimplifySchedule.rules()).apply(loops)).isSameAs(loops);
    }

    @Test
    void aFactorThatIsNotFiniteIsNotMade() {
        Schedule layer = new Schedule.Layer(0, Half.WHOLE);
        Schedule scales = new Schedule.Scaled(new Schedule.Scaled(layer, 1e200), 1e200);
        assertThat(new SimplifySchedule(SimplifySchedule.rules()).apply(scales)).isSameAs(scales);
    }

    private static String simplify(List<ScheduleRule> rules, GoldenCase golden) {
        Schedule before = PlanCase.resolve(golden).schedule().orElseThrow();
        SimplifySchedule simplify = new SimplifySchedule(rules);
        Schedule after = simplify.apply(before);
        if (golden.name().endsWith(DOES_NOT_FIRE)) {
            assertThat(after).isSameAs(before);
        } else {
            assertThat(after).isNotEqualTo(before);
            assertThat(simplify.apply(after)).as("once is enough").isSameAs(after);
        }
        Logits.assertClose(logits(after), logits(before));
        return SchedulePrinter.print(after);
    }

    private static float[] logits(Schedule schedule) {
        int[] tokens = {3, 1, 4, 1, 5};
        return new GraphInterpreter(GraphBuilder.build("simplify", schedule, MODEL), MODEL::weight, NumericMode.F32)
                .forward(tokens, tokens.length);
    }
}
