package io.layerplan.compiler.model;

import static io.layerplan.compiler.model.NormPlacement.PRE;
import static io.layerplan.compiler.model.NormPlacement.SANDWICH;
import static io.layerplan.runtime.program.Activation.GELU_TANH;
import static io.layerplan.runtime.program.Activation.SILU;
import static io.layerplan.runtime.program.Rope.Pairing.ADJACENT;
import static io.layerplan.runtime.program.Rope.Pairing.HALVES;

import io.layerplan.compiler.model.Architecture.Windows;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.gguf.Quoted;
import java.util.List;
import java.util.Set;

/// Everything that is known of architectures by name; nothing else in the project asks for a name.
final class Architectures {
    private static final Windows EVERYWHERE = new Windows(0, 10_000, 0, 0);
    /// Gemma 3 (arXiv 2503.19786): five layers with a window to one without, two rope bases. Its 27B model, the
    /// one of 62 layers, scales queries by the width.
    private static final Windows FIVE_TO_ONE = new Windows(6, 1_000_000, 10_000, 62);

    private static final List<Architecture> SUPPORTED = List.of(
            new Architecture("llama", ADJACENT, false, false, PRE, SILU, false, true, EVERYWHERE),
            new Architecture("qwen2", HALVES, true, false, PRE, SILU, false, false, EVERYWHERE),
            new Architecture("qwen3", HALVES, false, true, PRE, SILU, false, false, EVERYWHERE),
            new Architecture("gemma3", HALVES, false, true, SANDWICH, GELU_TANH, true, false, FIVE_TO_ONE));

    private static final String HELP =
            "supported are the architectures `llama` (also Mistral and SmolLM), `qwen2`, `qwen3` and `gemma3`";

    private static final Set<String> ENCODERS = Set.of(
            "bert",
            "clip",
            "eurobert",
            "gemma-embedding",
            "jina-bert-v2",
            "jina-bert-v3",
            "modern-bert",
            "neo-bert",
            "nomic-bert",
            "nomic-bert-moe",
            "t5encoder");

    private static final Set<String> MIXTURES = Set.of(
            "arctic",
            "bailingmoe",
            "bailingmoe2",
            "dbrx",
            "deepseek",
            "deepseek2",
            "dots1",
            "ernie4_5-moe",
            "exaone-moe",
            "glm4moe",
            "gpt-oss",
            "granitemoe",
            "grok",
            "hunyuan-moe",
            "llama4",
            "minimax-m2",
            "olmoe",
            "phimoe",
            "qwen2moe",
            "qwen3moe",
            "qwen3next",
            "qwen3vlmoe");

    /// Keys that change what a model computes in ways that are not supported, unless their value is one of
    /// `neutral`.
    ///
    /// @param trait in words, for the message
    private record Refused(String suffix, List<Double> neutral, String trait) {}

    private static final List<Refused> REFUSED = List.of(
            new Refused("expert_count", List.of(0.0), "mixture-of-experts models are not supported"),
            new Refused("final_logit_softcapping", List.of(0.0), "softcapping of logits is not supported"),
            new Refused("attn_logit_softcapping", List.of(0.0), "softcapping of attention is not supported"),
            new Refused("attention.clamp_kqv", List.of(0.0), "clamped queries, keys and values are not supported"),
            new Refused("attention.max_alibi_bias", List.of(0.0), "position biases are not supported"),
            new Refused("logit_scale", List.of(0.0, 1.0), "scaled logits are not supported"),
            new Refused("residual_scale", List.of(0.0, 1.0), "scaled residuals are not supported"),
            new Refused("embedding_scale", List.of(0.0, 1.0), "an embedding scale of the file's own is not supported"));

    private Architectures() {}

    /// The architecture that a file names.
    ///
    /// @throws InputException if there is none, or it is not supported, or a key asks for what is not supported
    static Architecture of(Metadata metadata) {
        String key = "general.architecture";
        String name = metadata.requiredString(key);
        Architecture architecture = SUPPORTED.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> metadata.refuse(key, "is %s, %s".formatted(Quoted.of(name), kind(name)), HELP));
        for (Refused refused : REFUSED) {
            String suffixed = name + "." + refused.suffix();
            metadata.real(suffixed).ifPresent(value -> {
                if (!refused.neutral().contains(value)) {
                    throw metadata.refuse(suffixed, "is %s: %s".formatted(value, refused.trait()));
                }
            });
        }
        if (!metadata.flag(name + ".attention.causal").orElse(true)) {
            throw metadata.refuse(name + ".attention.causal", "is false: encoders are not supported");
        }
        return architecture;
    }

    private static String kind(String architecture) {
        if (ENCODERS.contains(architecture)) {
            return "an encoder, which is not supported";
        }
        if (MIXTURES.contains(architecture)) {
            return "a mixture of experts, which is not supported";
        }
        return "which is not supported";
    }
}
