package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.layerplan.compiler.PlanCompiler;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.runtime.Executor;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Whole models under the example plans: 64 greedy tokens are those of the processor.
@Tag("device")
class DeviceModelsTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("layerplan.root"), "examples");
    private static final int TOKENS = 64;

    /// An example for a model of 80 layers.
    private static final String OF_A_LARGE_MODEL = "repeated-block.plan";

    /// Of the largest logit, with weights in Q8_0: sums of 32-bit floats in another order.
    private static final float Q8_0_TOLERANCE = 1e-4f;

    /// The same in Q4_K_M (Q4_K, Q5_0, Q6_K and Q8_0), over more and wider layers.
    private static final float Q4_K_M_TOLERANCE = 3e-4f;

    @TestFactory
    Stream<DynamicTest> theBundledModelContinuesAsOnTheProcessor() throws IOException {
        List<Path> plans;
        try (Stream<Path> files = Files.list(EXAMPLES.resolve("plans"))) {
            plans = files.filter(file -> file.toString().endsWith(".plan"))
                    .filter(file -> !file.endsWith(OF_A_LARGE_MODEL))
                    .sorted()
                    .toList();
        }
        assertThat(plans).hasSizeGreaterThan(8);
        Path model = EXAMPLES.resolve("models/kjv-7m-q8_0.gguf");
        return plans.stream()
                .map(plan -> DynamicTest.dynamicTest(
                        plan.getFileName().toString(),
                        () -> check(model, Files.readString(plan), new int[] {5, 300, 41}, Q8_0_TOLERANCE)));
    }

    @Test
    void gemmaContinuesAsOnTheProcessor() throws IOException {
        String folder = System.getProperty("layerplan.oracle", "");
        assumeThat(folder)
                .as("-Dlayerplan.oracle=FOLDER, made by gemma_oracle.py")
                .isNotEmpty();
        Path model = Path.of(folder, "gemma3-270m-q4_k_m.gguf");
        int[] tokens = {2, 818, 5279, 529, 7001, 563, 236761, 107, 3689, 563, 506, 5279, 529};
        check(model, "run all", tokens, Q4_K_M_TOLERANCE);
    }

    private static void check(Path file, String plan, int[] prompt, float tolerance) throws IOException {
        Devices.require();
        try (GgufFile weights = GgufFile.open(file)) {
            Model model = ModelReader.read(weights);
            Program program = PlanCompiler.compile(
                    new SourceText("plan", plan), model, CompilationOptions.FUSED.in(NumericMode.F32));
            try (Executor device = Devices.open(program, model::weight, 128, 16);
                    Executor cpu = new CpuExecutor(program, model::weight, new CpuOptions(2, 128, 16))) {
                int[] tokens = prompt;
                for (int step = 0; step < TOKENS; step++) {
                    float[] expected = cpu.forward(tokens, 1);
                    float[] logits = device.forward(tokens, 1);
                    tokens = new int[] {compare(logits, expected, tolerance, "step " + step)};
                }
            }
        }
    }

    /// The token of both; where two logits are nearer to each other than the tolerance, the processor's.
    private static int compare(float[] logits, float[] expected, float tolerance, String what) {
        int best = best(expected);
        float bound = 0;
        for (float value : expected) {
            bound = Math.max(bound, tolerance * Math.abs(value));
        }
        float worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(logits[i] - expected[i]));
        }
        assertThat(worst).as(what).isLessThan(bound);
        assertThat(expected[best] - expected[best(logits)])
                .as("%s: the token", what)
                .isLessThan(2 * bound);
        return best;
    }

    private static int best(float[] logits) {
        return IntStream.range(0, logits.length).reduce(0, (a, b) -> logits[b] > logits[a] ? b : a);
    }
}
