package io.layerplan.compiler.model;

/// The names of weights in GGUF files, which are also their names here. All are matrices of outputs x inputs; norms'
/// gains, biases and rope factors are vectors of one row.
public final class WeightNames {
    private WeightNames() {}

    /// `vocabulary x width`
    public static String tokenEmbedding() {
        return "token_embd.weight";
    }

    /// `1 x width`
    public static String outputNorm() {
        return "output_norm.weight";
    }

    /// The output head, `vocabulary x width`; where [ModelSpec#tiedHead()], the token embedding.
    public static String outputHead(ModelSpec spec) {
        return spec.tiedHead() ? tokenEmbedding() : "output.weight";
    }

    /// `1 x dimensions / 2`
    public static String ropeFactors() {
        return "rope_freqs.weight";
    }

    public static String attnNorm(int layer) {
        return of(layer, "attn_norm.weight");
    }

    public static String attnQ(int layer) {
        return of(layer, "attn_q.weight");
    }

    public static String attnK(int layer) {
        return of(layer, "attn_k.weight");
    }

    public static String attnV(int layer) {
        return of(layer, "attn_v.weight");
    }

    public static String attnOutput(int layer) {
        return of(layer, "attn_output.weight");
    }

    public static String attnQBias(int layer) {
        return of(layer, "attn_q.bias");
    }

    public static String attnKBias(int layer) {
        return of(layer, "attn_k.bias");
    }

    public static String attnVBias(int layer) {
        return of(layer, "attn_v.bias");
    }

    public static String attnOutputBias(int layer) {
        return of(layer, "attn_output.bias");
    }

    /// `1 x head size`
    public static String attnQNorm(int layer) {
        return of(layer, "attn_q_norm.weight");
    }

    /// `1 x head size`
    public static String attnKNorm(int layer) {
        return of(layer, "attn_k_norm.weight");
    }

    /// The norm after attention, where [NormPlacement#SANDWICH].
    public static String attnPostNorm(int layer) {
        return of(layer, "post_attention_norm.weight");
    }

    public static String ffnNorm(int layer) {
        return of(layer, "ffn_norm.weight");
    }

    public static String ffnGate(int layer) {
        return of(layer, "ffn_gate.weight");
    }

    public static String ffnUp(int layer) {
        return of(layer, "ffn_up.weight");
    }

    public static String ffnDown(int layer) {
        return of(layer, "ffn_down.weight");
    }

    /// The norm after the feed-forward, where [NormPlacement#SANDWICH].
    public static String ffnPostNorm(int layer) {
        return of(layer, "post_ffw_norm.weight");
    }

    private static String of(int layer, String name) {
        return "blk." + layer + "." + name;
    }
}
