package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.util.Arrays;

/// Products with many tokens, 64 rows after the other. Sums are formed in an array of their own.
final class TileSums {
    /// From one token's sums to the next one's: not a power of two, so that the rows of a tile lie in different sets of
    /// the cache. Rows of activations often do not, which is why sums are not formed where they go: that took a quarter
    /// more.
    static final int STRIDE = RowKernels.TILE_ROWS + 16;

    /// Adds a tile's products.
    interface Tile {
        /// To `sums[t · STRIDE + r]` for `width` rows from `first` on. What lies behind a token's `width` sums may be
        /// written to.
        ///
        /// @param first a multiple of [GroupedLayout#ROWS], as is `width`
        void multiply(int first, int width, float[] sums);
    }

    private TileSums() {}

    /// `y[yOffset + t · yStride + r]` for the rows `from .. to - 1`.
    static void multiply(
            int from, int to, int tokens, float[] y, int yOffset, int yStride, Scratch scratch, Tile tile) {
        int rows = GroupedLayout.ROWS;
        int size = VectorStrips.padded(tokens) * STRIDE;
        float[] sums = scratch.floats(Use.TILE, size);
        for (int first = from / rows * rows; first < to; first += RowKernels.TILE_ROWS) {
            int end = Math.min(first + RowKernels.TILE_ROWS, Math.ceilDiv(to, rows) * rows);
            Arrays.fill(sums, 0, size, 0);
            tile.multiply(first, end - first, sums);
            int low = Math.max(from, first);
            int high = Math.min(to, end);
            for (int t = 0; t < tokens; t++) {
                System.arraycopy(sums, t * STRIDE + low - first, y, yOffset + t * yStride + low, high - low);
            }
        }
    }
}
