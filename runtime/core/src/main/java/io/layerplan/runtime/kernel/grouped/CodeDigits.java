package io.layerplan.runtime.kernel.grouped;

import java.util.ArrayList;
import java.util.List;

/// How codes lie in 16-bit numbers without a gap, and how products are formed of them without cutting any out.
///
/// A number is made of digits, each a code or some bits of one. Of digits `d₀, d₁, …`, the lowest first, that begin at
/// bits `s₀ = 0, s₁, …` of `q`, `q >>> sₖ` is `dₖ` and what follows it: `dₖ + 2^(sₖ₊₁ - sₖ) dₖ₊₁ + …`. Let `xₖ` be what
/// `dₖ` is to be multiplied with: an activation, times `2^b` where the digit is a code's bits from bit `b` on. With
/// `yₖ = xₖ - 2^(sₖ - sₖ₋₁) xₖ₋₁` and `y₀ = x₀`, the products `(q >>> sₖ) · yₖ` of a number add up to `Σₖ dₖ · xₖ`
/// modulo 2^16: whatever follows `dₖ` cancels out. Where the format's offset is taken off, sums of half a lane fit into
/// 16 bits, of a block for 5 bits (`16 · 16 · 127 = 32,512`) and of half a block for 6 (`8 · 32 · 127`), so that is
/// what they are.
///
/// Two numbers lie side by side as halves of a 32-bit one, of even columns and of odd ones, and so do activations.
public final class CodeDigits {
    /// Codes of 4 bits, four of them in a number: column pair `4v + k` in vector `v` from bit `4k` on.
    static final CodeDigits FOUR = new CodeDigits(fours());

    /// Codes of 5 bits, three of them in a number: column pair `3v + k` in vector `v` from bit `5k` on. The top bit of
    /// vector `v` is bit `v` of the last pair's codes.
    public static final CodeDigits FIVE = new CodeDigits(fives());

    /// Codes of 6 bits, where each half of the columns has three vectors. Of a half's eight pairs, `2v + k` lies in its
    /// vector `v` from bit `6k` on. Pair `6 + v` has its four low bits from bit 12 of vector `v` on, for `v` of 0 and
    /// 1, and the third vector has the two high bits of pair 6 from bit 12 on, and those of pair 7 from bit 14.
    public static final CodeDigits SIX = new CodeDigits(sixes());

    /// Pairs of columns of a block.
    private static final int PAIRS = GroupedLayout.COLUMNS / 2;

    /// @param vector of the block, which has it
    /// @param at     the lowest bit of the number that it takes
    /// @param width  bits that it has
    /// @param pair   of columns whose code it belongs to
    /// @param from   the lowest bit of the code that it has
    private record Digit(int vector, int at, int width, int pair, int from) {}

    private final Digit[] digits;

    private CodeDigits(List<Digit> digits) {
        this.digits = digits.toArray(Digit[]::new);
    }

    static CodeDigits of(int bits) {
        return switch (bits) {
            case 4 -> FOUR;
            case 5 -> FIVE;
            case 6 -> SIX;
            default -> throw new IllegalArgumentException(bits + " bits");
        };
    }

    private static List<Digit> fours() {
        List<Digit> digits = new ArrayList<>();
        for (int pair = 0; pair < 16; pair++) {
            digits.add(new Digit(pair / 4, pair % 4 * 4, 4, pair, 0));
        }
        return digits;
    }

    private static List<Digit> fives() {
        List<Digit> digits = new ArrayList<>();
        for (int v = 0; v < 5; v++) {
            for (int k = 0; k < 3; k++) {
                digits.add(new Digit(v, 5 * k, 5, 3 * v + k, 0));
            }
            digits.add(new Digit(v, 15, 1, 15, v));
        }
        return digits;
    }

    private static List<Digit> sixes() {
        List<Digit> digits = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            for (int i = 0; i < 3; i++) {
                int v = 3 * half + i;
                int pair = 8 * half + 2 * i;
                digits.add(new Digit(v, 0, 6, pair, 0));
                digits.add(new Digit(v, 6, 6, pair + 1, 0));
                if (i < 2) {
                    digits.add(new Digit(v, 12, 4, 8 * half + 6 + i, 0));
                } else {
                    digits.add(new Digit(v, 12, 2, 8 * half + 6, 4));
                    digits.add(new Digit(v, 14, 2, 8 * half + 7, 4));
                }
            }
        }
        return digits;
    }

    /// Digits of a block of 32 columns.
    public int size() {
        return digits.length;
    }

    /// Writes a block of a row into the numbers of its group.
    ///
    /// @param codes   a pair of columns each, as the halves of a number
    /// @param numbers those of all rows, vector after vector, zero where the row's are
    /// @param row     which of them are the row's
    void put(int[] codes, int[] numbers, int row) {
        for (Digit digit : digits) {
            int mask = ((1 << digit.width()) - 1) * 0x10001;
            int bits = (codes[digit.pair()] >>> digit.from()) & mask;
            numbers[digit.vector() * GroupedLayout.ROWS + row] |= bits << digit.at();
        }
    }

    /// What numbers shifted by the place of each digit are multiplied with: `yₖ` for all digits of a block, in order,
    /// block after block.
    ///
    /// @param x      pairs of activations, the halves of a number, 16 a block
    /// @param result takes `blocks` times [#size] pairs
    public void multipliers(int[] x, int blocks, int[] result) {
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < digits.length; i++) {
                Digit digit = digits[i];
                int own = x[block * PAIRS + digit.pair()];
                int low = own << digit.from();
                int high = own >> 16 << digit.from();
                if (digit.at() > 0) {
                    Digit before = digits[i - 1];
                    int last = x[block * PAIRS + before.pair()];
                    low -= last << (before.from() + before.width());
                    high -= last >> 16 << (before.from() + before.width());
                }
                result[block * digits.length + i] = (low & 0xFFFF) | (high << 16);
            }
        }
    }
}
