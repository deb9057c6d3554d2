package io.layerplan.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.diagnostics.DiagnosticRenderer;
import io.layerplan.compiler.diagnostics.Severity;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.syntax.RandomPlans;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The generator of random plans keeps its promises, on which other tests rely.
final class RandomPlansTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 17, 80})
    void everyPlanIsValidAndSmall(int layers) {
        for (int seed = 0; seed < 400; seed++) {
            Resolution tidy = resolve(RandomPlans.plan(seed, layers), layers);
            assertThat(occurrences(tidy.schedule().orElseThrow())).isLessThanOrEqualTo(RandomPlans.MOST_OCCURRENCES);
            Resolution messy = resolve(RandomPlans.messy(seed, layers), layers);
            assertThat(occurrences(messy.schedule().orElseThrow())).isLessThanOrEqualTo(RandomPlans.MOST_OCCURRENCES);
        }
    }

    @Test
    void everyKindOfNodeComesUp() {
        var counts = new TreeMap<String, Integer>();
        for (int seed = 0; seed < 400; seed++) {
            count(resolve(RandomPlans.plan(seed, 12), 12).schedule().orElseThrow(), counts);
        }
        assertThat(counts.keySet())
                .contains("WHOLE", "ATTENTION", "FEED_FORWARD", "Sequence", "Loop", "Scaled")
                .contains("Average", "Sum", "Weights", "LayerParallel");
        assertThat(counts.values()).as(counts.toString()).allMatch(count -> count > 50);
    }

    @Test
    void aSeedGivesTheSamePlanForEver() {
        assertThat(RandomPlans.plan(3, 12)).isEqualTo(RandomPlans.plan(3, 12));
        assertThat(RandomPlans.plan(3, 12)).isNotEqualTo(RandomPlans.plan(4, 12));
    }

    private static Resolution resolve(String text, int layers) {
        Resolution resolution = PlanResolver.resolve(
                new SourceText("random.plan", text), ModelShape.ofLayers(layers), ResolveOptions.NONE);
        assertThat(resolution.has(Severity.ERROR))
                .as(text + "\n" + new DiagnosticRenderer(false).render(resolution.diagnostics()))
                .isFalse();
        return resolution;
    }

    private static int occurrences(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Layer _ -> 1;
            case Schedule.Sequence(var steps) ->
                steps.stream().mapToInt(RandomPlansTest::occurrences).sum();
            case Schedule.Parallel(var branches, var _) ->
                branches.stream().mapToInt(RandomPlansTest::occurrences).sum();
            case Schedule.Loop(var body, int times) -> times * occurrences(body);
            case Schedule.Scaled(var body, double _) -> occurrences(body);
        };
    }

    private static void count(Schedule schedule, Map<String, Integer> counts) {
        switch (schedule) {
            case Schedule.Layer(int _, Half half) -> counts.merge(half.name(), 1, Integer::sum);
            case Schedule.Sequence(var steps) -> {
                counts.merge("Sequence", 1, Integer::sum);
                steps.forEach(step -> count(step, counts));
            }
            case Schedule.Parallel(var branches, var reducer) -> {
                counts.merge(reducer.getClass().getSimpleName(), 1, Integer::sum);
                branches.forEach(branch -> count(branch, counts));
            }
            case Schedule.Loop(var body, int _) -> {
                counts.merge("Loop", 1, Integer::sum);
                count(body, counts);
            }
            case Schedule.Scaled(var body, double _) -> {
                counts.merge("Scaled", 1, Integer::sum);
                count(body, counts);
            }
        }
    }
}
