package io.layerplan.compiler.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A tokenizer for random models: byte-level BPE in which token i is byte i, without merges; 256
/// is the end of a text, and the tokens above it never appear in text.
final class ByteTokenizer {
    private static final int END = 256;
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int UNUSED = 5;

    private ByteTokenizer() {}

    /// @param vocabulary at least 257
    static Map<String, Object> keys(int vocabulary) {
        if (vocabulary <= END) {
            throw new IllegalArgumentException("a vocabulary of " + vocabulary);
        }
        List<String> tokens = new ArrayList<>();
        int[] types = new int[vocabulary];
        for (int token = 0; token < vocabulary; token++) {
            tokens.add(token < END ? letter(token) : token == END ? "<|endoftext|>" : "<|unused_" + token + "|>");
            types[token] = token < END ? NORMAL : token == END ? CONTROL : UNUSED;
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("tokenizer.ggml.model", "gpt2");
        keys.put("tokenizer.ggml.pre", "gpt-2");
        keys.put("tokenizer.ggml.tokens", tokens);
        keys.put("tokenizer.ggml.token_type", types);
        keys.put("tokenizer.ggml.merges", List.<String>of());
        keys.put("tokenizer.ggml.bos_token_id", END);
        keys.put("tokenizer.ggml.eos_token_id", END);
        keys.put("tokenizer.ggml.add_bos_token", false);
        return keys;
    }

    /// GPT-2's letter for a byte: the byte's own character where it can be seen, else one from 256 upwards.
    private static String letter(int wanted) {
        int hidden = 256;
        for (int value = 0; value < 256; value++) {
            boolean visible = (value > ' ' && value <= '~') || (value > 160 && value != 173);
            int letter = visible ? value : hidden++;
            if (value == wanted) {
                return Character.toString(letter);
            }
        }
        throw new IllegalArgumentException("no byte: " + wanted);
    }
}
