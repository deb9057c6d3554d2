package io.layerplan.runtime.tokenizer;

import io.layerplan.runtime.gguf.Metadata;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Tokens that a file names by id.
final class TokenIds {
    static final String BOS = "tokenizer.ggml.bos_token_id";
    static final String EOS = "tokenizer.ggml.eos_token_id";
    static final String UNKNOWN = "tokenizer.ggml.unknown_token_id";

    private TokenIds() {}

    /// The token under `key`.
    ///
    /// @throws io.layerplan.runtime.InputException if it is outside the vocabulary
    static OptionalInt named(Metadata metadata, String key, Vocabulary vocabulary) {
        OptionalLong id = metadata.integer(key);
        if (id.isEmpty()) {
            return OptionalInt.empty();
        }
        if (id.getAsLong() < 0 || id.getAsLong() >= vocabulary.size()) {
            throw metadata.refuse(
                    key, "is %d, but the vocabulary has %d tokens".formatted(id.getAsLong(), vocabulary.size()));
        }
        return OptionalInt.of((int) id.getAsLong());
    }

    /// The token under `key`; without the key, the one that has SentencePiece's usual number and the right type.
    static OptionalInt namedOrUsual(Metadata metadata, String key, int usual, TokenType type, Vocabulary vocabulary) {
        OptionalInt named = named(metadata, key, vocabulary);
        if (named.isPresent() || usual >= vocabulary.size() || vocabulary.type(usual) != type) {
            return named;
        }
        return OptionalInt.of(usual);
    }
}
