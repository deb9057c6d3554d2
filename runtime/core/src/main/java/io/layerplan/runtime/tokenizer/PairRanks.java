package io.layerplan.runtime.tokenizer;

/// Which neighbours become one symbol, and which of them first.
interface PairRanks {
    /// The rank of pairs that are never merged.
    int NONE = Integer.MAX_VALUE;

    /// The rank of the symbols `text[from .. middle - 1]` and `text[middle .. to - 1]`: the lowest is merged first.
    int rank(byte[] text, int from, int middle, int to);
}
