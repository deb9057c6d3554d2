package io.layerplan.bench.measure;

import java.util.regex.Pattern;

/// What a part of a program does, so that fused and unfused programs can be compared: a product counts as what its
/// weight is for, with all that is fused into it.
public enum OpKind {
    EMBEDDING("embedding"),
    NORM("norms"),
    QUERIES_KEYS_VALUES("q, k, v"),
    ROPE("rope, KV writes"),
    ATTENTION("attention"),
    ATTENTION_OUTPUT("attention output"),
    GATE_UP("gate, up"),
    DOWN("down"),
    ELEMENTWISE("elementwise"),
    HEAD("output head");

    private static final Pattern LAYER = Pattern.compile("^blk\\.\\d+\\.");

    private final String words;

    OpKind(String words) {
        this.words = words;
    }

    /// For people.
    public String words() {
        return words;
    }

    /// What a matrix of this name is for.
    static OpKind ofMatrix(String weight) {
        String role = LAYER.matcher(weight).replaceFirst("").replaceFirst("\\.weight$", "");
        return switch (role) {
            case "attn_q", "attn_k", "attn_v" -> QUERIES_KEYS_VALUES;
            case "attn_output" -> ATTENTION_OUTPUT;
            case "ffn_gate", "ffn_up" -> GATE_UP;
            case "ffn_down" -> DOWN;
            case "output", "token_embd" -> HEAD;
            default -> throw new IllegalArgumentException("no kind for weight " + weight);
        };
    }
}
