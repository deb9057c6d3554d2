package io.layerplan.compiler.draw;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the name of a weight says: `blk.4.attn_q.weight` is `q` of layer 4.
///
/// @param layer none for what belongs to the model
/// @param role  short, for people
record WeightRole(OptionalInt layer, String role) {
    private static final Pattern OF_A_LAYER = Pattern.compile("blk\\.(\\d{1,6})\\.(.+)");

    static WeightRole of(String name) {
        String stem = name.replaceFirst("\\.(weight|bias)$", "");
        Matcher matcher = OF_A_LAYER.matcher(stem);
        return matcher.matches()
                ? new WeightRole(OptionalInt.of(Integer.parseInt(matcher.group(1))), word(matcher.group(2)))
                : new WeightRole(OptionalInt.empty(), word(stem));
    }

    private static String word(String stem) {
        return switch (stem) {
            case "attn_q" -> "q";
            case "attn_k" -> "k";
            case "attn_v" -> "v";
            case "attn_output" -> "out";
            case "attn_q_norm" -> "q norm";
            case "attn_k_norm" -> "k norm";
            case "attn_norm", "ffn_norm", "output_norm" -> "norm";
            case "post_attention_norm", "post_ffw_norm" -> "post-norm";
            case "ffn_gate" -> "gate";
            case "ffn_up" -> "up";
            case "ffn_down" -> "down";
            case "token_embd", "output" -> "head";
            default -> stem;
        };
    }
}
