package io.layerplan.runtime.tokenizer;

import java.util.Arrays;

/// Byte-pair merging (Sennrich et al., arXiv 1508.07909): beginning with its UTF-8 characters, the pair of neighbouring
/// symbols with the lowest rank becomes one symbol, the leftmost of equals first, until no pair has a rank. A heap
/// finds it, so n characters take O(n log n) however long the text is.
///
/// An instance keeps its arrays for the next text; not thread-safe.
final class PairMerger {
    /// In `next`: the last symbol, and one that has become part of the one before it.
    private static final int LAST = -1;

    private static final int MERGED = -2;

    private final PairRanks ranks;
    private final PairHeap heap = new PairHeap();

    private byte[] text = {};
    private int end;
    private int[] starts = new int[64];
    private int[] next = new int[64];
    private int[] previous = new int[64];

    PairMerger(PairRanks ranks) {
        this.ranks = ranks;
    }

    /// Merges `text[from .. to - 1]`, which is UTF-8.
    ///
    /// @return where the symbols begin, and at last `to`
    int[] merge(byte[] utf8, int from, int to) {
        text = utf8;
        end = to;
        int count = split(from, to);
        for (int i = 0; i + 1 < count; i++) {
            push(i);
        }
        int symbols = count;
        while (!heap.isEmpty()) {
            int left = heap.left();
            int pairEnd = heap.end();
            heap.pop();
            if (isCurrent(left, pairEnd)) {
                join(left);
                symbols--;
            }
        }
        return boundaries(symbols);
    }

    private int split(int from, int to) {
        int count = 0;
        for (int at = from; at < to; count++) {
            if (count == starts.length) {
                grow();
            }
            starts[count] = at;
            next[count] = count + 1;
            previous[count] = count - 1;
            at = Math.min(to, at + characterLength(text[at]));
        }
        if (count > 0) {
            next[count - 1] = LAST;
        }
        return count;
    }

    /// Whether the pair is still there: neither of its symbols has grown or gone since it was pushed. A left symbol
    /// never moves its start, so the same end means the same pair.
    private boolean isCurrent(int left, int pairEnd) {
        return next[left] >= 0 && endOf(next[left]) == pairEnd;
    }

    private void join(int left) {
        int right = next[left];
        int after = next[right];
        next[left] = after;
        next[right] = MERGED;
        if (after >= 0) {
            previous[after] = left;
            push(left);
        }
        if (previous[left] >= 0) {
            push(previous[left]);
        }
    }

    private void push(int left) {
        int right = next[left];
        int pairEnd = endOf(right);
        int rank = ranks.rank(text, starts[left], starts[right], pairEnd);
        if (rank != PairRanks.NONE) {
            heap.push(rank, left, pairEnd);
        }
    }

    private int endOf(int symbol) {
        return next[symbol] >= 0 ? starts[next[symbol]] : end;
    }

    private int[] boundaries(int symbols) {
        int[] boundaries = new int[symbols + 1];
        int symbol = 0;
        for (int i = 0; i < symbols; i++) {
            boundaries[i] = starts[symbol];
            symbol = next[symbol];
        }
        boundaries[symbols] = end;
        return boundaries;
    }

    private void grow() {
        int length = 2 * starts.length;
        starts = Arrays.copyOf(starts, length);
        next = Arrays.copyOf(next, length);
        previous = Arrays.copyOf(previous, length);
    }

    /// Bytes of the UTF-8 character that begins with `lead`.
    private static int characterLength(byte lead) {
        int ones = Integer.numberOfLeadingZeros(~(lead << 24));
        return ones == 0 ? 1 : ones;
    }
}
