package io.layerplan.runtime.tokenizer;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.gguf.Utf8Strings;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/// The tokens of a model: their texts as the file writes them, and what each is for.
final class Vocabulary {
    static final String TOKENS = "tokenizer.ggml.tokens";
    static final String TYPES = "tokenizer.ggml.token_type";

    private final Utf8Strings tokens;
    private final ByteStringIndex index;
    private final TokenType[] types;

    private Vocabulary(Utf8Strings tokens, ByteStringIndex index, TokenType[] types) {
        this.tokens = tokens;
        this.index = index;
        this.types = types;
    }

    /// @throws InputException if there are no tokens, two are equal, or the types do not fit them
    static Vocabulary of(Metadata metadata) {
        Utf8Strings tokens = metadata.utf8Strings(TOKENS)
                .orElseThrow(() ->
                        new InputException("key `%s` is missing".formatted(TOKENS), "the file has no vocabulary"));
        if (tokens.size() == 0) {
            throw metadata.refuse(TOKENS, "has no tokens");
        }
        ByteStringIndex index = new ByteStringIndex(tokens);
        if (index.duplicate() >= 0) {
            int second = index.duplicate();
            int first = index.find(tokens.bytes(), tokens.start(second), tokens.end(second));
            throw metadata.refuse(TOKENS, "has the same text for tokens %d and %d".formatted(first, second));
        }
        Vocabulary vocabulary = new Vocabulary(tokens, index, types(metadata, tokens.size()));
        vocabulary.checkByteTokens(metadata);
        return vocabulary;
    }

    int size() {
        return tokens.size();
    }

    TokenType type(int id) {
        return types[id];
    }

    /// The token's text as the file writes it.
    String text(int id) {
        return tokens.text(id);
    }

    /// Bytes of the token's text.
    int length(int id) {
        return tokens.end(id) - tokens.start(id);
    }

    byte[] bytes(int id) {
        return Arrays.copyOfRange(tokens.bytes(), tokens.start(id), tokens.end(id));
    }

    /// The token that the file writes as `text[from .. to - 1]`, or -1.
    int find(byte[] text, int from, int to) {
        return index.find(text, from, to);
    }

    /// Like [#find(byte\[\], int, int)], but only for what plain text may become: text that merely looks like a control
    /// token or a byte token is not one.
    int findPlain(byte[] text, int from, int to) {
        int id = index.find(text, from, to);
        if (id < 0) {
            return -1;
        }
        return switch (type(id)) {
            case NORMAL, USER_DEFINED, UNUSED, UNDEFINED -> id;
            case CONTROL, UNKNOWN, BYTE -> -1;
        };
    }

    OptionalInt find(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int id = index.find(bytes, 0, bytes.length);
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    void mark(int id, TokenType type) {
        types[id] = type;
    }

    /// The byte that `<0x0A>` stands for.
    byte byteOf(int id) {
        byte[] bytes = tokens.bytes();
        int start = tokens.start(id);
        return (byte) ((Character.digit(bytes[start + 3], 16) << 4) | Character.digit(bytes[start + 4], 16));
    }

    private static TokenType[] types(Metadata metadata, int count) {
        TokenType[] types = new TokenType[count];
        Arrays.fill(types, TokenType.NORMAL);
        int[] numbers = metadata.integers(TYPES).orElse(null);
        if (numbers == null) {
            return types;
        }
        if (numbers.length != count) {
            throw metadata.refuse(TYPES, "has %d elements for %d tokens".formatted(numbers.length, count));
        }
        for (int i = 0; i < count; i++) {
            if (!TokenType.isNumber(numbers[i])) {
                throw metadata.refuse(TYPES, "gives token %d the unknown type %d".formatted(i, numbers[i]));
            }
            types[i] = TokenType.of(numbers[i]);
        }
        return types;
    }

    private void checkByteTokens(Metadata metadata) {
        byte[] bytes = tokens.bytes();
        for (int id = 0; id < size(); id++) {
            if (types[id] == TokenType.BYTE && !isByteToken(bytes, tokens.start(id), tokens.end(id))) {
                throw metadata.refuse(
                        TYPES, "says that token %d is a byte, but it is not written `<0x..>`".formatted(id));
            }
        }
    }

    private static boolean isByteToken(byte[] text, int from, int to) {
        return to - from == 6
                && text[from] == '<'
                && text[from + 1] == '0'
                && text[from + 2] == 'x'
                && Character.digit(text[from + 3], 16) >= 0
                && Character.digit(text[from + 4], 16) >= 0
                && text[from + 5] == '>';
    }
}
