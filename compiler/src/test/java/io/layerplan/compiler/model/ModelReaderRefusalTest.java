package io.layerplan.compiler.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.layerplan.compiler.testing.ModelShape;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.tensor.ElementType;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A good model of 3 layers, in which one thing is wrong.
class ModelReaderRefusalTest {
    private static final String SUPPORTED =
            "supported are the architectures `llama` (also Mistral and SmolLM), `qwen2`, `qwen3` and `gemma3`";

    @TempDir
    private static Path folder;

    /// @param changes keys and their values; an empty value removes the key
    /// @param message with `FILE` for the file's name in backticks
    record Refusal(String architecture, Map<String, Object> changes, String message, String help) {
        Refusal(String architecture, String key, Object value, String message) {
            this(architecture, Map.of(key, value), message, "");
        }

        @Override
        public String toString() {
            return architecture + " " + changes;
        }
    }

    @BeforeAll
    static void writeModels() {
        for (String architecture : ModelShape.ARCHITECTURES) {
            ModelShape shape = ModelShape.of(architecture, List.of(ElementType.F32), 3);
            RandomModels.write(shape, 1, folder.resolve(architecture));
        }
    }

    private static Stream<Refusal> refusals() {
        return Stream.of(architectures(), sizes(), traits()).flatMap(List::stream);
    }

    private static List<Refusal> architectures() {
        String key = "general.architecture";
        return List.of(
                new Refusal("llama", key, "", "FILE: key `general.architecture` is missing"),
                new Refusal(
                        "llama",
                        Map.of(key, "bert"),
                        "FILE: key `general.architecture` is `bert`, an encoder, which is not supported",
                        SUPPORTED),
                new Refusal(
                        "llama",
                        Map.of(key, "qwen2moe"),
                        "FILE: key `general.architecture` is `qwen2moe`, a mixture of experts, which is not supported",
                        SUPPORTED),
                new Refusal(
                        "llama",
                        Map.of(key, "mamba"),
                        "FILE: key `general.architecture` is `mamba`, which is not supported",
                        SUPPORTED),
                new Refusal(
                        "llama",
                        "llama.expert_count",
                        8,
                        "FILE: key `llama.expert_count` is 8.0: mixture-of-experts models are not supported"),
                new Refusal(
                        "llama",
                        "llama.attention.causal",
                        false,
                        "FILE: key `llama.attention.causal` is false: encoders are not supported"),
                new Refusal(
                        "gemma3",
                        "gemma3.final_logit_softcapping",
                        30f,
                        "FILE: key `gemma3.final_logit_softcapping` is 30.0: softcapping of logits is not supported"),
                new Refusal(
                        "llama", "general.type", "adapter", "FILE: key `general.type` is `adapter`, expected `model`"),
                new Refusal(
                        "llama",
                        Map.of("split.count", 3),
                        "FILE is one part of a model split into 3",
                        "`llama-gguf-split --merge` of llama.cpp joins them"));
    }

    private static List<Refusal> sizes() {
        return List.of(
                new Refusal("llama", "llama.block_count", "", "FILE: key `llama.block_count` is missing"),
                new Refusal(
                        "llama",
                        "llama.block_count",
                        1_000_000_000,
                        "FILE: key `llama.block_count` is 1000000000, but the file has only 29 tensors"),
                new Refusal(
                        "llama",
                        "llama.block_count",
                        2,
                        "FILE: tensor `blk.2.attn_norm.weight` has no place in a model of architecture `llama`"),
                new Refusal(
                        "llama",
                        "llama.embedding_length",
                        0,
                        "FILE: key `llama.embedding_length` is 0, expected 1 to 16777216"),
                new Refusal(
                        "llama",
                        "llama.embedding_length",
                        128,
                        "FILE: tensor `token_embd.weight` is 288 x 64, expected 288 x 128 (outputs x inputs)"),
                new Refusal(
                        "llama",
                        "llama.attention.head_count",
                        3,
                        "FILE: key `llama.attention.head_count` is 3, no multiple of the 2 of keys"),
                new Refusal(
                        "llama",
                        "llama.attention.head_count",
                        new int[] {4, 4},
                        "FILE: key `llama.attention.head_count` has 2 elements for 3 layers"),
                new Refusal(
                        "qwen3",
                        "qwen3.attention.value_length",
                        8,
                        "FILE: key `qwen3.attention.value_length` is 8, but keys have 16 elements"),
                new Refusal(
                        "qwen3",
                        "qwen3.attention.key_length",
                        "16",
                        "FILE: key `qwen3.attention.key_length` holds string, expected an integer"),
                new Refusal(
                        "llama",
                        "llama.feed_forward_length",
                        95,
                        "FILE: tensor `blk.0.ffn_gate.weight` is 96 x 64, expected 95 x 64 (outputs x inputs)"),
                new Refusal(
                        "llama",
                        "tokenizer.ggml.tokens",
                        List.of("a", "b"),
                        "FILE: key `tokenizer.ggml.tokens` has 2 elements, but tensor `token_embd.weight` has 288"
                                + " rows"));
    }

    private static List<Refusal> traits() {
        return List.of(
                new Refusal(
                        "llama",
                        "llama.rope.dimension_count",
                        7,
                        "FILE: key `llama.rope.dimension_count` is 7, expected an even number"),
                new Refusal(
                        "llama",
                        "llama.rope.dimension_count",
                        64,
                        "FILE: key `llama.rope.dimension_count` is 64, expected 2 to 16"),
                new Refusal(
                        "llama",
                        "llama.rope.freq_base",
                        -1f,
                        "FILE: key `llama.rope.freq_base` is -1.0, expected a positive number"),
                new Refusal(
                        "llama",
                        "llama.attention.layer_norm_rms_epsilon",
                        Float.NaN,
                        "FILE: key `llama.attention.layer_norm_rms_epsilon` is NaN, expected a positive number"),
                new Refusal(
                        "qwen2",
                        "qwen2.rope.scaling.type",
                        "yarn",
                        "FILE: key `qwen2.rope.scaling.type` is `yarn`, which is not supported"),
                new Refusal(
                        "gemma3",
                        "gemma3.attention.sliding_window_pattern",
                        new boolean[] {true},
                        "FILE: key `gemma3.attention.sliding_window_pattern` has 1 elements for 3 layers"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(Refusal refusal) {
        Path path = folder.resolve("changed.gguf");
        try (GgufFile good = GgufFile.open(folder.resolve(refusal.architecture()))) {
            Metadata metadata = good.metadata();
            for (Map.Entry<String, Object> change : refusal.changes().entrySet()) {
                metadata = change.getValue().equals("")
                        ? metadata.without(Set.of(change.getKey()))
                        : metadata.with(Map.of(change.getKey(), change.getValue()));
            }
            write(metadata, good.tensors(), path);
        }
        refuses(path, refusal.message(), refusal.help());
    }

    @Test
    void namesAMissingTensor() {
        Path path = folder.resolve("missing.gguf");
        try (GgufFile good = GgufFile.open(folder.resolve("qwen2"))) {
            List<GgufTensor> tensors = good.tensors().stream()
                    .filter(tensor -> !tensor.name().equals("blk.1.attn_k.bias"))
                    .toList();
            write(good.metadata(), tensors, path);
        }
        refuses(path, "FILE: tensor `blk.1.attn_k.bias` is missing", "");
    }

    @Test
    void namesATensorThatWouldChangeTheResult() {
        Path path = folder.resolve("unknown.gguf");
        try (GgufFile good = GgufFile.open(folder.resolve("llama"))) {
            GgufTensor bias = new GgufTensor(
                    "blk.0.ffn_up.bias", ElementType.F32, List.of(1L), MemorySegment.ofArray(new byte[4]));
            write(
                    good.metadata(),
                    Stream.concat(good.tensors().stream(), Stream.of(bias)).toList(),
                    path);
        }
        refuses(path, "FILE: tensor `blk.0.ffn_up.bias` has no place in a model of architecture `llama`", "");
    }

    private static void write(Metadata metadata, List<GgufTensor> tensors, Path path) {
        GgufWriter writer = new GgufWriter(metadata);
        tensors.forEach(tensor -> writer.tensor(tensor.name(), tensor.type(), tensor.shape(), tensor::data));
        writer.write(path);
    }

    private static void refuses(Path path, String message, String help) {
        try (GgufFile file = GgufFile.open(path)) {
            InputException refused = catchThrowableOfType(InputException.class, () -> ModelReader.read(file));
            assertThat(refused).isNotNull();
            assertThat(refused).hasMessage(message.replace("FILE", "`" + path + "`"));
            assertThat(refused.help().orElse("")).isEqualTo(help);
        }
    }
}
