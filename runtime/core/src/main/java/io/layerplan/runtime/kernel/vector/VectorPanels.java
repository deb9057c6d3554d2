package io.layerplan.runtime.kernel.vector;

/// Packed activations: tokens in tiles, a tile `[column][token]`, so that a vector is one column of several tokens.
/// The tile of the tokens from `t` on begins at `t · columns`; the last one is padded with zeros to whole vectors.
final class VectorPanels {
    private static final int COLUMNS_AT_A_TIME = 16;

    private VectorPanels() {}

    /// Packs up to [Tiles#WIDTH] rows as the tokens from `first` on.
    static void pack(
            float[] x, int xOffset, int xStride, int first, int tokens, int columns, float[] panels, int panelsOffset) {
        int done = 0;
        while (done < tokens) {
            int width = Tiles.vectors(Tiles.padded(tokens - done)) * Lanes.COUNT;
            int count = Math.min(width, tokens - done);
            int to = panelsOffset + (first + done) * columns;
            packTile(x, xOffset + done * xStride, xStride, count, columns, panels, to, width);
            done += count;
        }
    }

    private static void packTile(
            float[] x, int xOffset, int xStride, int tokens, int columns, float[] panel, int offset, int width) {
        for (int from = 0; from < columns; from += COLUMNS_AT_A_TIME) {
            int to = Math.min(columns, from + COLUMNS_AT_A_TIME);
            for (int t = 0; t < tokens; t++) {
                int row = xOffset + t * xStride;
                for (int c = from; c < to; c++) {
                    panel[offset + c * width + t] = x[row + c];
                }
            }
            for (int t = tokens; t < width; t++) {
                for (int c = from; c < to; c++) {
                    panel[offset + c * width + t] = 0;
                }
            }
        }
    }
}
