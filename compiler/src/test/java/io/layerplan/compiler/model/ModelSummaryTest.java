package io.layerplan.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.testing.ModelShape;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.tensor.ElementType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSummaryTest {
    @Test
    void showsTraitsAndTotals(@TempDir Path folder) {
        ModelShape shape = ModelShape.of("gemma3", List.of(ElementType.Q8_0), 4);
        try (GgufFile file = GgufFile.open(RandomModels.write(shape, 3, folder.resolve("tiny.gguf")))) {
            ModelSummary summary = ModelSummary.of(file);
            assertThat(summary.lines())
                    .containsExactly(
                            "model          random-gemma3-3",
                            "file           tiny.gguf, 163.6 kB",
                            "architecture   gemma3",
                            "parameters     142,528",
                            "layers         4, numbered 0..3",
                            "width          64",
                            "context        512",
                            "vocabulary     288, head tied to the embedding",
                            "norms          before and after each half of a layer, epsilon 1.0E-5, and on queries and"
                                    + " keys",
                            "feed-forward   gated gelu_tanh",
                            "layers 0..1    4 heads over 2 of 16, window 5, rope base 10,000, feed-forward 96",
                            "layer 2        4 heads over 2 of 16, whole context, rope base 1,000,000, feed-forward 96",
                            "layer 3        4 heads over 2 of 16, window 5, rope base 10,000, feed-forward 96",
                            "q8_0           29 tensors, 141,312 parameters, 150.1 kB",
                            "f32            25 tensors, 1,216 parameters, 4.9 kB");
            assertThat(summary.tensorLines())
                    .hasSize(file.tensors().size())
                    .contains("blk.0.ffn_up.weight               q8_0  [64, 96]             6.5 kB");
        }
    }
}
