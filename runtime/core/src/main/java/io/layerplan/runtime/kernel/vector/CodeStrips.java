package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.layerplan.runtime.kernel.QuantisedPanels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Activations as codes and scales, packed for [TiledCodes]: strips of six tokens as those of [VectorStrips], of
/// stretches of 32 columns. Stretch `n`, a strip's all one after the other, has pairs of columns `[pair][token]` from
/// `96 n` on, and a number for each token from `6 n` on. In a last strip, what is beyond its tokens is left over from
/// another use, and goes into sums that nobody reads.
final class CodeStrips {
    static final int TOKENS = VectorStrips.TOKENS;

    /// Columns of a stretch, those of a block.
    static final int COLUMNS = 32;

    /// Pairs of columns of a stretch.
    static final int BLOCK_PAIRS = COLUMNS / 2;

    /// Pairs that a stretch has, of all its tokens.
    static final int PAIRS = BLOCK_PAIRS * TOKENS;

    /// The low half of a number of 64 bits, and of that, the low half; and what is to be the high one.
    private static final long LOW = 0xFFFFL;

    private static final long HIGH = 0xFFFF0000L;

    /// A code is in the low half of the bits of the float that it was rounded in, and this is the sum of what else is
    /// there.
    private static final int ROUNDED = COLUMNS * Float.floatToRawIntBits(VectorQuantize.ROUND);

    private CodeStrips() {}

    /// The stretch of the tokens from `token` on, a multiple of six, that begins with column `column`.
    static int stretch(int token, int column, int columns) {
        return token / TOKENS * (columns / COLUMNS) + column / COLUMNS;
    }

    /// Quantises and packs rows as the tokens from `first` on, a multiple of six.
    static void pack(float[] x, int xOffset, int xStride, int first, int tokens, int columns, QuantisedPanels panels) {
        int[] codes = new int[COLUMNS];
        for (int t = 0; t < tokens; t++) {
            int stretch = stretch(first + t, 0, columns);
            for (int column = 0; column < columns; column += COLUMNS) {
                int lane = t % TOKENS;
                packBlock(x, xOffset + t * xStride + column, codes, panels, stretch + column / COLUMNS, lane);
            }
        }
    }

    /// Quantises a block as [VectorQuantize] does, to the bit.
    private static void packBlock(float[] x, int at, int[] codes, QuantisedPanels panels, int stretch, int lane) {
        FloatVector magnitudes = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < COLUMNS; i += Lanes.COUNT) {
            magnitudes = FloatVector.fromArray(Lanes.FLOATS, x, at + i).abs().max(magnitudes);
        }
        float largest = magnitudes.reduceLanes(MAX);
        boolean isZero = largest < VectorQuantize.SMALLEST;
        float inverse = isZero ? 0 : 127 / largest;
        float scale = isZero ? 0 : largest / 127;
        IntVector sums = IntVector.zero(Lanes.INTS);
        for (int i = 0; i < COLUMNS; i += Lanes.COUNT) {
            IntVector rounded = FloatVector.fromArray(Lanes.FLOATS, x, at + i)
                    .mul(inverse)
                    .add(VectorQuantize.ROUND)
                    .reinterpretAsInts();
            sums = rounded.add(sums);
            rounded.reinterpretAsLongs()
                    .lanewise(LSHR, 16)
                    .and(HIGH)
                    .or(rounded.reinterpretAsLongs().and(LOW))
                    .reinterpretAsInts()
                    .intoArray(codes, i);
        }
        int sum = sums.reduceLanes(ADD) - ROUNDED;
        int[] pairs = panels.pairs();
        int to = stretch * PAIRS + lane;
        for (int i = 0; i < COLUMNS; i += 2) {
            pairs[to] = codes[i];
            to += TOKENS;
        }
        panels.scales()[stretch * TOKENS + lane] = scale;
        panels.negatedSums()[stretch * TOKENS + lane] = -(scale * sum);
    }
}
