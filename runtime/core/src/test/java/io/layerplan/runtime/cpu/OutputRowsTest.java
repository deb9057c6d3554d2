package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.text.ProgramReader;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Rows for outputs are those of the last tokens, in every respect.
final class OutputRowsTest {
    private static final String ROTATIONS = """
        program "rotations" {
          mode f32
          vocabulary 48
          context 16
          weights {
            w0 = f32[48, 32] "table"
            w1 = f32[16, 32] "heads"
          }
          buffers {
            b0 = tokens[32]
            b1 = outputs[48]
            b2 = outputs[16]
          }
          slots {
          }
          launch 0 {
            b0 = embed(w0, scale 1.0)
          }
          launch 1 {
            b1[0..15] = matmul(b0, w1) | heads 8 | rotate(halves 8, base 10000.0, scale 1.0)
            b1[16..31] = rotate(b0[16..31], heads 8, halves 8, base 10000.0, scale 1.0)
            b2 = select_outputs(b0[0..15])
          }
          launch 2 {
            b1[32..47] = rotate(b2, heads 8, adjacent 8, base 10000.0, scale 1.0)
          }
          logits b1
        }
        """;

    @Test
    void haveThePositionsOfTheirTokens() {
        int[] tokens = {7, 3, 40, 11, 22};
        float[] all = logits(tokens, tokens.length);
        float[] last = logits(tokens, 2);
        assertThat(last).containsExactly(Arrays.copyOfRange(all, all.length - last.length, all.length));
    }

    private static float[] logits(int[] tokens, int outputs) {
        Program program = ProgramReader.read("rotations", ROTATIONS);
        Random random = new Random(1);
        Map<String, Matrix> weights = Map.of(
                "table", RandomWeights.matrix("table", ElementType.F32, 48, 32, 1, random),
                "heads", RandomWeights.matrix("heads", ElementType.F32, 16, 32, 1, random));
        try (Executor executor = new CpuExecutor(program, weights::get, new CpuOptions(1, 16, 16))) {
            return executor.forward(tokens, outputs);
        }
    }
}
