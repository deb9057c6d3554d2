package io.layerplan.runtime.kernel;

import io.layerplan.runtime.kernel.grouped.CodeDigits;

/// A row of activations as the `q8` mode takes it into products: blocks of 32 codes and a scale, as
/// `io.layerplan.runtime.kernel.scalar.ScalarQuantizeActivations` has them, with what integer products ask of them
/// besides. Room that is used again for row after row.
public final class QuantisedRow {
    /// Elements of a block.
    public static final int BLOCK = 32;

    private static final int HALF = BLOCK / 2;

    private int[] pairs = new int[0];
    private int[] nibblePairs = new int[0];
    private final OfDigits fives = new OfDigits(CodeDigits.FIVE);
    private final OfDigits sixes = new OfDigits(CodeDigits.SIX);
    private int size;
    private float[] scales = new float[0];
    private float[] sums = new float[0];
    private int[] codeSums = new int[0];
    private int[] halfCodeSums = new int[0];

    /// Makes room for a row of `size` elements, whole blocks, which [#set] or [#sum] then gives.
    public void reserve(int size) {
        this.size = size;
        if (pairs.length < size / 2) {
            pairs = new int[size / 2];
            nibblePairs = new int[size / 2];
            scales = new float[size / BLOCK];
            sums = new float[size / BLOCK];
            codeSums = new int[size / BLOCK];
            halfCodeSums = new int[size / HALF];
        }
    }

    /// Takes over block number `block`.
    ///
    /// @param codes 32 whole numbers of -127 to 127, from `at`
    public void set(int block, float scale, float[] codes, int at) {
        int first = block * BLOCK / 2;
        for (int i = 0; i < BLOCK / 2; i++) {
            pairs[first + i] = pair((int) codes[at + 2 * i], (int) codes[at + 2 * i + 1]);
        }
        for (int i = first; i < first + BLOCK / 2; i += 4) {
            nibblePairs[i] = pair(pairs[i], (pairs[i] >> 16) - 16 * pairs[i + 3]);
            for (int k = i + 1; k < i + 4; k++) {
                nibblePairs[k] = pair(pairs[k] - 16 * pairs[k - 1], (pairs[k] >> 16) - 16 * (pairs[k - 1] >> 16));
            }
        }
        sum(block, scale);
    }

    /// Sums up block number `block`, of which [#pairs] are there.
    public void sum(int block, float scale) {
        int evens = 0;
        int odds = 0;
        for (int half = 2 * block; half < 2 * block + 2; half++) {
            int even = 0;
            int odd = 0;
            for (int i = half * HALF / 2; i < (half + 1) * HALF / 2; i++) {
                even += (short) pairs[i];
                odd += pairs[i] >> 16;
            }
            halfCodeSums[half] = pair(even, odd);
            evens += even;
            odds += odd;
        }
        codeSums[block] = pair(evens, odds);
        fives.known = false;
        sixes.known = false;
        scales[block] = scale;
        sums[block] = scale * (evens + odds);
    }

    /// Elements `2i` and `2i + 1` as the halves of a number, the first of them low.
    public int[] pairs() {
        return pairs;
    }

    /// What numbers of eight 4-bit codes are multiplied with, so that no code has to be cut out of them. Of codes `w₀
    /// … w₇` in a 32-bit number `q`, the lowest first, the halves of `q >>> 4k` are `wₖ + 16 wₖ₊₁ + …` modulo 2^16,
    /// from `wₖ` and from `w₄₊ₖ` on. Numbers `4j … 4j + 3` have as low halves `a₀ … a₃`, as high ones `a₄ … a₇`, with
    /// `aₖ = xₖ - 16 xₖ₋₁` and `a₀ = x₀`, where `x₀ … x₃` are the low halves of the same [#pairs], `x₄ … x₇` the high
    /// ones. Then all products of both halves add up to `Σₖ wₖ · xₖ` modulo 2^16: whatever follows `wₖ` cancels out.
    ///
    /// Where 8 is taken from every code, that sum is within `32 · 8 · 127 = 32,512` for a block, so that it fits.
    public int[] nibblePairs() {
        return nibblePairs;
    }

    /// What numbers of 5-bit codes are multiplied with, for each digit of each block, as [CodeDigits#multipliers] says.
    /// They are computed when they are asked for first, so a row is one thread's.
    public int[] fivePairs() {
        return fives.pairs();
    }

    /// The same for numbers of 6-bit codes.
    public int[] sixPairs() {
        return sixes.pairs();
    }

    public float[] scales() {
        return scales;
    }

    /// For each block, the sum of its elements: its scale times the sum of its codes.
    public float[] sums() {
        return sums;
    }

    /// For each block, the sums of its even and of its odd codes, as a pair. Times `-offset` that is what a lane's sum
    /// begins with if `offset` is taken from every code of the weight: modulo 2^16, as are the sums; what comes out in
    /// the end fits.
    public int[] codeSums() {
        return codeSums;
    }

    /// The same for each half of 16 elements.
    public int[] halfCodeSums() {
        return halfCodeSums;
    }

    /// Bytes held.
    public long bytes() {
        return 4L
                * (pairs.length
                        + nibblePairs.length
                        + fives.length()
                        + sixes.length()
                        + scales.length
                        + sums.length
                        + codeSums.length
                        + halfCodeSums.length);
    }

    /// Activations for the digits of one kind of numbers.
    private final class OfDigits {
        private final CodeDigits digits;
        private int[] own = new int[0];
        private boolean known;

        OfDigits(CodeDigits digits) {
            this.digits = digits;
        }

        int[] pairs() {
            if (!known) {
                int blocks = size / BLOCK;
                if (own.length < blocks * digits.size()) {
                    own = new int[blocks * digits.size()];
                }
                digits.multipliers(pairs, blocks, own);
                known = true;
            }
            return own;
        }

        int length() {
            return own.length;
        }
    }

    private static int pair(int low, int high) {
        return (low & 0xFFFF) | (high << 16);
    }
}
