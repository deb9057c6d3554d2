package io.layerplan.runtime.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The tokenizer of models that learned nothing: byte-level BPE in which token i is byte i, without merges; 256 is the
/// end of a text, and the tokens above it never appear in text.
public final class ByteTokenizer {
    /// The smallest vocabulary: all bytes and the end of a text.
    public static final int LEAST_VOCABULARY = 257;

    private static final int END = LEAST_VOCABULARY - 1;

    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int UNUSED = 5;

    private ByteTokenizer() {}

    /// The keys of a GGUF file that say so, for `Metadata.of`.
    ///
    /// @param vocabulary at least [#LEAST_VOCABULARY]
    public static Map<String, Object> keys(int vocabulary) {
        if (vocabulary < LEAST_VOCABULARY) {
            throw new IllegalArgumentException("a vocabulary of " + vocabulary);
        }
        List<String> tokens = new ArrayList<>(vocabulary);
        int[] types = new int[vocabulary];
        for (int token = 0; token < vocabulary; token++) {
            tokens.add(token < END ? letter(token) : token == END ? "<|endoftext|>" : "<|unused_" + token + "|>");
            types[token] = type(token);
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

    /// The number of a [TokenType].
    private static int type(int token) {
        return token < END ? NORMAL : token == END ? CONTROL : UNUSED;
    }

    private static String letter(int value) {
        return Character.toString(ByteLevelAlphabet.character((byte) value));
    }
}
