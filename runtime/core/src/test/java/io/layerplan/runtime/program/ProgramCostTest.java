package io.layerplan.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.tensor.ElementType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ProgramCostTest {
    private static final View STREAM = new View(0, 0, 32);
    private static final View LOGITS = new View(1, 0, 100);

    /// An embedding of 100 tokens by 32 elements, an attention over a slot with a window of 4, and a tied head.
    private static final Program PROGRAM = new Program(
            "small",
            NumericMode.F32,
            100,
            64,
            List.of(new WeightReference(0, "table", ElementType.Q8_0, 100, 32)),
            List.of(new Buffer(0, Buffer.Rows.TOKENS, 32), new Buffer(1, Buffer.Rows.OUTPUTS, 100)),
            List.of(new KvSlot(0, 3, 16, 4)),
            List.of(
                    new Launch(List.of(new Kernel.Embed(0, 1f, STREAM))),
                    new Launch(List.of(new Kernel.Attention(STREAM, 0, new Heads(2, 1, 16, 0.25), STREAM))),
                    new Launch(List.of(new Kernel.MatMul(
                            Input.plain(STREAM),
                            0,
                            OptionalInt.empty(),
                            Optional.empty(),
                            new Target.Activations(LOGITS))))),
            LOGITS);

    @Test
    void countsARowOfTheTableForTheEmbeddingAndAllOfItForTheHead() {
        assertThat(ProgramCost.of(PROGRAM)).isEqualTo(new ProgramCost(3, 34 + 3400, 6400, 128, 128, 400));
    }

    @Test
    void readsNoMoreKeysThanTheWindowShows() {
        assertThat(ProgramCost.kvBytesRead(PROGRAM, 1, KeyValueFormat.F32)).isEqualTo(2 * 128);
        assertThat(ProgramCost.kvBytesRead(PROGRAM, 9, KeyValueFormat.F16)).isEqualTo(4 * 64);
        assertThat(ProgramCost.attentionFlops(PROGRAM, 9)).isEqualTo(4 * 2 * 16 * 4);
    }
}
