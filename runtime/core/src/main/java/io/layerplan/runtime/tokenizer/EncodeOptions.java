package io.layerplan.runtime.tokenizer;

/// How a text becomes tokens.
///
/// @param addSpecial   put the begin-of-text and end-of-text tokens around it, as far as the file asks for them
/// @param parseSpecial read control tokens that the text spells out (`<start_of_turn>`); otherwise they are text like
///                     any other, which is what text from strangers should be
public record EncodeOptions(boolean addSpecial, boolean parseSpecial) {
    /// For prompts: both.
    public static final EncodeOptions PROMPT = new EncodeOptions(true, true);

    /// For text whose tokens are wanted and nothing else: neither.
    public static final EncodeOptions PLAIN = new EncodeOptions(false, false);
}
