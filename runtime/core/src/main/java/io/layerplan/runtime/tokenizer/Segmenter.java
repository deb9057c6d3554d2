package io.layerplan.runtime.tokenizer;

/// Turns text without special tokens into ids, and ids into bytes.
sealed interface Segmenter permits ByteLevelBpe, SentencePieceBpe {
    /// Appends the ids of `text[from .. to - 1]`, UTF-8.
    ///
    /// @param opens whether the text comes first or behind a special token
    void segment(byte[] text, int from, int to, boolean opens, TokenList ids);

    /// The bytes that a token of plain text stands for.
    byte[] bytes(int id);

    /// Whether a space is put before a text, which a whole decoded text therefore drops.
    boolean addsSpacePrefix();
}
