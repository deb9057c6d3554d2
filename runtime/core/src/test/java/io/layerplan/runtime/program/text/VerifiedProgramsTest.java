package io.layerplan.runtime.program.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the verifier accepts, an executor runs: text from anywhere ends in logits or in a message.
final class VerifiedProgramsTest {
    private static final int PROGRAMS = 60;

    @Test
    void everyVerifiedProgramRuns() {
        for (int seed = 0; seed < PROGRAMS; seed++) {
            Program program = withNumberedWeights(RandomProgram.of(seed));
            Map<String, Matrix> weights = weights(program, seed);
            try (CpuExecutor executor = new CpuExecutor(program, weights::get, new CpuOptions(1, 5, 3))) {
                float[] logits = executor.forward(new int[] {1, 2, 3, 4}, 2);
                assertThat(logits).as("seed %d", seed).hasSize(2 * program.vocabulary());
                assertThat(executor.forward(new int[] {5}, 1)).hasSize(program.vocabulary());
            }
        }
    }

    /// In the mode that the executor has, with names of which none is there twice.
    private static Program withNumberedWeights(Program program) {
        List<WeightReference> weights = program.weights().stream()
                .map(weight -> new WeightReference(
                        weight.id(), "w" + weight.id(), weight.type(), weight.rows(), weight.columns()))
                .toList();
        return new Program(
                program.name(),
                NumericMode.F32,
                program.vocabulary(),
                program.context(),
                weights,
                program.buffers(),
                program.slots(),
                program.launches(),
                program.logits());
    }

    private static Map<String, Matrix> weights(Program program, long seed) {
        Random random = new Random(seed);
        Map<String, Matrix> weights = new HashMap<>();
        for (WeightReference weight : program.weights()) {
            weights.put(
                    weight.name(),
                    RandomWeights.matrix(weight.name(), weight.type(), weight.rows(), weight.columns(), 0.1, random));
        }
        return weights;
    }
}
