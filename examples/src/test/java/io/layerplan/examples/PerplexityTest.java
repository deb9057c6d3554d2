package io.layerplan.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.tokenizer.EncodeOptions;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PerplexityTest {
    private static final String GENESIS = """
        In the beginning God created the heaven and the earth.
        And the earth was without form, and void; and darkness was upon the face of the deep. And the Spirit of God moved upon the face of the waters.
        And God said, Let there be light: and there was light.
        And God saw the light, that it was good: and God divided the light from the darkness.
        """;

    @Test
    void theBundledModelKnowsItsTextAndPlansCostWhatTheyCost() {
        Path path = Path.of(System.getProperty("layerplan.root"), "examples", "models", "kjv-7m-q8_0.gguf");
        try (GgufFile file = GgufFile.open(path)) {
            Model model = ModelReader.read(file);
            int[] tokens = Tokenizer.of(file.metadata()).encode(GENESIS, EncodeOptions.PLAIN);
            double whole = Perplexity.of(model, "run all", tokens, 1);
            double founding = Perplexity.of(model, "run 0..3; par 4..11 avg; loop 12..15 x2; skip 16", tokens, 1);
            double broken = Perplexity.of(model, "attn 0..5; run 6..11; ffn 12..last", tokens, 1);
            assertThat(whole).isBetween(1.0, 10.0);
            assertThat(founding).isBetween(whole, 40.0);
            assertThat(broken).isGreaterThan(500);
        }
    }
}
