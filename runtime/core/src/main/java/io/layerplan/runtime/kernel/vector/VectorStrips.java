package io.layerplan.runtime.kernel.vector;

/// Activations packed for [TiledProduct]: strips of six tokens, a strip `[column][token]`. The strip of the tokens
/// from `t` on begins at `t · columns`; the last one is padded with zeros.
final class VectorStrips {
    /// Tokens of a strip.
    static final int TOKENS = 6;

    private VectorStrips() {}

    /// Tokens padded to whole strips.
    static int padded(int tokens) {
        return Math.ceilDiv(tokens, TOKENS) * TOKENS;
    }

    /// Packs rows as the tokens from `first` on, a multiple of [#TOKENS].
    static void pack(
            float[] x, int xOffset, int xStride, int first, int tokens, int columns, float[] strips, int stripsOffset) {
        for (int t = 0; t < tokens; t += TOKENS) {
            int count = Math.min(TOKENS, tokens - t);
            packStrip(x, xOffset + t * xStride, xStride, count, columns, strips, stripsOffset + (first + t) * columns);
        }
    }

    private static void packStrip(
            float[] x, int xOffset, int xStride, int tokens, int columns, float[] strip, int offset) {
        for (int t = 0; t < TOKENS; t++) {
            int row = xOffset + t * xStride;
            for (int c = 0; c < columns; c++) {
                strip[offset + c * TOKENS + t] = t < tokens ? x[row + c] : 0;
            }
        }
    }
}
