package io.layerplan.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Rope.Pairing;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReaderTest {
    @TempDir
    private Path folder;

    @Test
    void readsLlama() {
        try (GgufFile file = fixture("llama")) {
            Model model = ModelReader.read(file);
            ModelSpec spec = model.spec();
            assertThat(spec.architecture()).isEqualTo("llama");
            assertThat(spec.width()).isEqualTo(32);
            assertThat(spec.vocabulary()).isEqualTo(288);
            assertThat(spec.tiedHead()).isFalse();
            assertThat(spec.embeddingScale()).isEqualTo(1);
            assertThat(spec.normPlacement()).isEqualTo(NormPlacement.PRE);
            assertThat(spec.activation()).isEqualTo(Activation.SILU);
            assertThat(spec.queryKeyNorm() || spec.qkvBias() || spec.outputBias())
                    .isFalse();
            assertThat(spec.layers()).allSatisfy(layer -> {
                assertThat(layer.heads()).isEqualTo(new Heads(4, 2, 8, 1 / Math.sqrt(8)));
                assertThat(layer.window()).isZero();
                assertThat(layer.feedForwardWidth()).isEqualTo(64);
                assertThat(layer.rope()).isEqualTo(new RopeSpec(Pairing.ADJACENT, 8, 10_000, 1, Optional.empty()));
            });
            assertThat(model.weight(WeightNames.ffnDown(0)).rows()).isEqualTo(32);
            assertThat(model.weight(WeightNames.ffnDown(0)).columns()).isEqualTo(64);
            assertThat(model.weight(WeightNames.outputHead(spec)).name()).isEqualTo("output.weight");
        }
    }

    @Test
    void readsRopeFactorsAndATiedHead() {
        try (GgufFile file = fixture("llama_tied")) {
            ModelSpec spec = ModelReader.read(file).spec();
            assertThat(spec.tiedHead()).isTrue();
            assertThat(WeightNames.outputHead(spec)).isEqualTo("token_embd.weight");
            assertThat(spec.layer(0).rope().factors()).contains("rope_freqs.weight");
        }
    }

    @Test
    void readsBiasesOfQwen2() {
        try (GgufFile file = fixture("qwen2")) {
            Model model = ModelReader.read(file);
            assertThat(model.spec().qkvBias()).isTrue();
            assertThat(model.spec().layer(0).rope().pairing()).isEqualTo(Pairing.HALVES);
            assertThat(model.weight(WeightNames.attnKBias(0)).columns()).isEqualTo(16);
        }
    }

    @Test
    void readsHeadsOfQwen3ThatDoNotFollowFromTheWidth() {
        try (GgufFile file = fixture("qwen3")) {
            Model model = ModelReader.read(file);
            assertThat(model.spec().queryKeyNorm()).isTrue();
            assertThat(model.spec().layer(0).heads().size()).isEqualTo(16);
            assertThat(model.weight(WeightNames.attnOutput(0)).columns()).isEqualTo(64);
        }
    }

    @Test
    void readsWindowsAndRopeBasesOfGemma3() {
        try (GgufFile file = fixture("gemma3")) {
            ModelSpec spec = ModelReader.read(file).spec();
            assertThat(spec.embeddingScale()).isEqualTo((float) Math.sqrt(32));
            assertThat(spec.normPlacement()).isEqualTo(NormPlacement.SANDWICH);
            assertThat(spec.activation()).isEqualTo(Activation.GELU_TANH);
            assertThat(spec.normEpsilon()).isEqualTo(1e-6f, within(1e-9f));
            assertThat(spec.layers()).extracting(LayerSpec::window).containsExactly(4, 4, 4, 4, 4, 0, 4);
            assertThat(spec.layers())
                    .extracting(layer -> layer.rope().base())
                    .containsExactly(1e4, 1e4, 1e4, 1e4, 1e4, 1e6, 1e4);
        }
    }

    @Test
    void aPeriodSaysWhichLayersHaveTheWindow() {
        ModelSpec spec = changed(
                "gemma3",
                Map.of("gemma3.attention.sliding_window_pattern", 2, "gemma3.attention.sliding_window", 9),
                Set.of());
        assertThat(spec.layers()).extracting(LayerSpec::window).containsExactly(9, 0, 9, 0, 9, 0, 9);
    }

    @Test
    void scalesPositionsOfGlobalLayersOnly() {
        Map<String, Object> linear = Map.of("gemma3.rope.scaling.type", "linear", "gemma3.rope.scaling.factor", 8f);
        assertThat(changed("gemma3", linear, Set.of()).layers())
                .extracting(layer -> layer.rope().scale())
                .containsExactly(1.0, 1.0, 1.0, 1.0, 1.0, 8.0, 1.0);
    }

    @Test
    void takesDefaultsWhereTheFileIsSilent() {
        Set<String> silent = Set.of(
                "llama.rope.freq_base", "llama.attention.key_length", "llama.rope.dimension_count", "general.name");
        ModelSpec spec = changed("llama", Map.of("llama.rope.scale_linear", 2f), silent);
        assertThat(spec.name()).isEqualTo("changed.gguf");
        assertThat(spec.layer(0).heads().size()).isEqualTo(8);
        assertThat(spec.layer(0).rope()).isEqualTo(new RopeSpec(Pairing.ADJACENT, 8, 10_000, 2, Optional.empty()));
    }

    @Test
    void honoursAnAttentionScaleOfTheFile() {
        ModelSpec spec = changed("llama", Map.of("llama.attention.scale", 0.125f), Set.of());
        assertThat(spec.layer(0).heads().scale()).isEqualTo(0.125);
    }

    @Test
    void namesFromTheFileCannotControlTheTerminal() {
        assertThat(changed("llama", Map.of("general.name", "a\u001B[31mb"), Set.of())
                        .name())
                .isEqualTo("a\\u001b[31mb");
    }

    /// A fixture with other keys.
    private ModelSpec changed(String name, Map<String, Object> more, Set<String> fewer) {
        Path path = folder.resolve("changed.gguf");
        try (GgufFile file = fixture(name)) {
            GgufWriter writer = new GgufWriter(file.metadata().with(more).without(fewer));
            file.tensors().forEach(tensor -> writer.tensor(tensor.name(), tensor.type(), tensor.shape(), tensor::data));
            writer.write(path);
        }
        try (GgufFile file = GgufFile.open(path)) {
            return ModelReader.read(file).spec();
        }
    }

    private static GgufFile fixture(String name) {
        String resource = "/fixtures/" + name + ".gguf";
        try {
            return GgufFile.open(Path.of(Objects.requireNonNull(ModelReaderTest.class.getResource(resource), resource)
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
