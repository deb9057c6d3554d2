package io.layerplan.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.layerplan.compiler.testing.Sensitivity;
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
/// in either numeric mode, and the CPU executor runs both programs to the same logits up to rounding. Fused, it never
/// needs more memory for activations.
final class FusedEqualsUnfusedTest {
    /// `-Dlayerplan.pairs=2000` for the long run.
    private static final int PAIRS = Integer.getInteger("layerplan.pairs", 200);

    private static final CompilationOptions FUSED = CompilationOptions.FUSED.verifying(true);
    private static final CompilationOptions UNFUSED = FUSED.fusing(false);
    private static final int PROMPT = 4;
    private static final int WAYS = 16;

    @Test
    void onRandomPlansAndModels() {
        Map<String, Map<String, Integer>> hits = new LinkedHashMap<>();
        List<Pair> pairs = RandomPairs.pairs(PAIRS);
        for (Pair pair : pairs) {
            Model model = RandomModels.model(pair.shape(), pair.seed());
            check(pair, pair.schedule(), model);
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

    private static void check(Pair pair, Schedule schedule, Model model) {
        int[] tokens = new SplittableRandom(pair.seed())
                .ints(PROMPT + 1, 0, model.spec().vocabulary())
                .toArray();
        Graph fused = new Compilation(FUSED).graph("random", schedule, model);
        Graph unfused = new Compilation(UNFUSED).graph("random", schedule, model);
        for (NumericMode mode : modes(pair)) {
            float[] expected = interpreted(unfused, model, mode, tokens);
            String run = pair + ", " + mode;
            assertThat(interpreted(fused, model, mode, tokens))
                    .as("%s, interpreted", run)
                    .isEqualTo(expected);
            float[] executed = executed(UNFUSED.in(mode), unfused, model, tokens);
            assertThat(executed(FUSED.in(mode), fused, model, tokens))
                    .as("%s, executed", run)
                    .isEqualTo(executed);
            if (mode == NumericMode.F32) {
                // In the other mode a last bit can flip an 8-bit code, and the executor's sums are in another order.
                assertThat(Logits.difference(executed, expected))
                        .as("%s, executed as interpreted", run)
                        .isLessThanOrEqualTo(rounding(unfused, model, tokens, executed, expected));
            }
        }
        assertReadsBack(fused);
        assertReadsBack(unfused);
        assertThat(bufferBytes(FUSED, fused, model))
                .as("%s, peak memory", pair)
                .isLessThanOrEqualTo(bufferBytes(UNFUSED, unfused, model));
    }

    /// 1e-4 of the largest logit, or, in a plan that amplifies rounding, as much as the last bits of the norms' gains
    /// change: by how much depends on which of them go up and which down, so it is the most of several ways.
    private static float rounding(Graph graph, Model model, int[] tokens, float[] executed, float[] expected) {
        float usual = 1e-4f * Logits.largest(expected);
        if (Logits.difference(executed, expected) <= usual) {
            return usual;
        }
        float most = usual;
        for (int way = 1; way <= WAYS; way++) {
            float[] nudged = interpreted(graph, Sensitivity.nudged(model, way), NumericMode.F32, tokens);
            most = Math.max(most, Logits.difference(nudged, expected));
        }
        return most;
    }

    /// Weights that are not quantised are multiplied alike in both.
    private static List<NumericMode> modes(Pair pair) {
        return pair.type().isQuantised() ? List.of(NumericMode.values()) : List.of(NumericMode.F32);
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
        ProgramCost cost = ProgramCost.of(new Compilation(options).lower(graph, model.spec()));
        return cost.bufferBytes() + cost.outputBytes();
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
