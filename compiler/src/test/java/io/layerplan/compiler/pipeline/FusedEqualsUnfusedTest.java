package io.layerplan.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.compiler.golden.GraphCase;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphInterpreter;
import io.layerplan.compiler.graph.GraphPrinter;
import io.layerplan.compiler.graph.Renumber;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.pipeline.RandomPairs.Pair;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.compiler.testing.Logits;
import io.layerplan.compiler.testing.ModelShape;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.ProgramCost;
import io.layerplan.runtime.tensor.ElementType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What is compiled computes what the plan says, fused or not: the interpreter runs the fused graph to the same bits,
/// in either numeric mode, and the CPU executor runs both programs to the same logits up to rounding.
final class FusedEqualsUnfusedTest {
    /// `-Dlayerplan.pairs=2000` for the long run.
    private static final int PAIRS = Integer.getInteger("layerplan.pairs", 200);

    private static final CompilationOptions FUSED = CompilationOptions.FUSED.verifying(true);
    private static final CompilationOptions UNFUSED = FUSED.fusing(false);
    private static final int PROMPT = 4;

    @Test
    void onRandomPlansAndModels() {
        Map<String, Map<String, Integer>> hits = new LinkedHashMap<>();
        List<Pair> pairs = RandomPairs.pairs(PAIRS);
        for (Pair pair : pairs) {
            Model model = RandomModels.model(pair.shape(), pair.seed());
            check(pair.toString(), pair.schedule(), model);
            Map<String, Integer> cell = hits.computeIfAbsent(
                    pair.shape().architecture() + " " + pair.type().label(), _ -> new LinkedHashMap<>());
            RandomPairs.statements(pair.plan()).forEach(statement -> cell.merge(statement, 1, Integer::sum));
        }
        System.out.println(pairs.size() + " pairs of a plan and a model, and the statements that they hit:");
        System.out.println(RandomPairs.table(hits));
        assertThat(hits).hasSize(ModelShape.ARCHITECTURES.size() * ElementType.values().length);
        hits.forEach((cell, counts) -> assertThat(counts.keySet())
                .as(cell)
                .containsExactlyInAnyOrderElementsOf(RandomPairs.STATEMENTS.keySet()));
    }

    @Test
    void onEveryFixture() {
        for (Fixture fixture : Fixture.all()) {
            for (Fixture.Case plan : fixture.cases()) {
                check(fixture.architecture() + ": " + plan.plan(), fixture.schedule(plan.plan()), fixture.model());
            }
        }
    }

    private static void check(String description, Schedule schedule, Model model) {
        int[] tokens = new SplittableRandom(schedule.hashCode())
                .ints(PROMPT + 1, 0, model.spec().vocabulary())
                .toArray();
        Graph fused = new Compilation(FUSED).graph("random", schedule, model);
        Graph unfused = new Compilation(UNFUSED).graph("random", schedule, model);
        for (NumericMode mode : NumericMode.values()) {
            assertThat(interpreted(fused, model, mode, tokens))
                    .as("%s, %s, interpreted", description, mode)
                    .isEqualTo(interpreted(unfused, model, mode, tokens));
        }
        assertReadsBack(fused);
        assertReadsBack(unfused);
        float[] expected = interpreted(unfused, model, NumericMode.F32, tokens);
        if (!schedule.toString().contains("Parallel")) {
            // Branches that run at the same time live at the same time, which one after the other they do not.
            assertThat(bufferBytes(FUSED, fused, model))
                    .as("%s, peak memory", description)
                    .isLessThanOrEqualTo(bufferBytes(UNFUSED, unfused, model));
        }
        Logits.assertClose(description + ", executed unfused", executed(UNFUSED, unfused, model, tokens), expected);
        Logits.assertClose(description + ", executed fused", executed(FUSED, fused, model, tokens), expected);
        // Rounding on the way can flip a code, so that in `q8` the kernels agree with each other, not with the definition.
        Logits.assertClose(
                description + ", executed in q8",
                executed(FUSED.in(NumericMode.Q8), fused, model, tokens),
                executed(UNFUSED.in(NumericMode.Q8), unfused, model, tokens));
    }

    private static void assertReadsBack(Graph graph) {
        assertThat(GraphCase.read("printed.ir", GraphPrinter.print(graph))).isEqualTo(Renumber.apply(graph));
    }

    private static float[] interpreted(Graph graph, Model model, NumericMode mode, int[] tokens) {
        GraphInterpreter interpreter = new GraphInterpreter(graph, model::weight, mode);
        return concatenated(
                interpreter.forward(Arrays.copyOf(tokens, PROMPT), 2),
                interpreter.forward(new int[] {tokens[PROMPT]}, 1));
    }

    private static long bufferBytes(CompilationOptions options, Graph graph, Model model) {
        return ProgramCost.of(new Compilation(options).lower(graph, model.spec()))
                .bufferBytes();
    }

    private static float[] executed(CompilationOptions options, Graph graph, Model model, int[] tokens) {
        Program program = new Compilation(options).lower(graph, model.spec());
        try (CpuExecutor executor = new CpuExecutor(program, model.weights()::get, new CpuOptions(1, 8, 3))) {
            return concatenated(
                    executor.forward(Arrays.copyOf(tokens, PROMPT), 2),
                    executor.forward(new int[] {tokens[PROMPT]}, 1));
        }
    }

    private static float[] concatenated(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
