package io.layerplan.runtime.tokenizer;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.gguf.Utf8Strings;

/// The merges of a byte-level BPE, "left right" each; their order is their rank.
final class Merges implements PairRanks {
    static final String MERGES = "tokenizer.ggml.merges";

    private final ByteStringIndex index;

    private Merges(ByteStringIndex index) {
        this.index = index;
    }

    /// @throws InputException if there are none, or one is not two symbols with a space between
    static Merges of(Metadata metadata) {
        Utf8Strings merges = metadata.utf8Strings(MERGES)
                .orElseThrow(() -> new InputException(
                        "key `%s` is missing".formatted(MERGES), "a tokenizer of model `gpt2` needs its merges"));
        for (int i = 0; i < merges.size(); i++) {
            if (!isPair(merges.bytes(), merges.start(i), merges.end(i))) {
                throw metadata.refuse(MERGES, "has no two symbols with a space between in element %d".formatted(i));
            }
        }
        return new Merges(new ByteStringIndex(merges));
    }

    @Override
    public int rank(byte[] text, int from, int middle, int to) {
        int merge = index.findPair(text, from, middle, to);
        return merge < 0 ? NONE : merge;
    }

    private static boolean isPair(byte[] text, int from, int to) {
        int space = -1;
        for (int i = from; i < to; i++) {
            if (text[i] == ' ') {
                if (space >= 0) {
                    return false;
                }
                space = i;
            }
        }
        return space > from && space < to - 1;
    }
}
