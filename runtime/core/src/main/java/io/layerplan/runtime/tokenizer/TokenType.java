package io.layerplan.runtime.tokenizer;

/// What a token is for, in the order of the numbers in `tokenizer.ggml.token_type` (`llama_token_type` in llama.h).
enum TokenType {
    UNDEFINED,
    NORMAL,
    /// Stands for what the vocabulary cannot write.
    UNKNOWN,
    /// Structure, such as the begin of a text: read only where control tokens are asked for, and shown as nothing.
    CONTROL,
    /// Text that is always one token, whatever stands around it.
    USER_DEFINED,
    UNUSED,
    /// One byte, `<0x0A>`: what remains for text that no other token writes.
    BYTE;

    private static final TokenType[] BY_NUMBER = values();

    static TokenType of(int number) {
        return BY_NUMBER[number];
    }

    static boolean isNumber(int number) {
        return number >= 0 && number < BY_NUMBER.length;
    }

    /// Whether the token is cut out of the text before anything else.
    boolean isSpecial() {
        return this == CONTROL || this == USER_DEFINED || this == UNKNOWN;
    }
}
