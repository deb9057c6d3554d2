package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;

/// A weight's products with many tokens. Blocks of 64 rows are decoded once, and lie as register tiles read them, so
/// that results do not have to be turned. They lie in native memory, since arrays begin anywhere: vectors of 512 bits
/// that cross lines of the cache cost a tenth of the speed.
final class TiledProduct {
    /// Rows that are decoded together: a group, where rows lie in groups.
    static final int ROWS = GroupedLayout.ROWS;

    /// From a column of decoded rows to the next one.
    static final int TILE_ROWS = RowKernels.TILE_ROWS;

    /// Columns that are decoded at a time, at least: with [#TILE_ROWS] rows they fill most of the nearest cache. A
    /// multiple of every format's block.
    static final int DEPTH = 256;

    /// Decodes columns of [#ROWS] rows.
    interface Decoder {
        /// Element `offset + c · TILE_ROWS + i` of `tile`, floats, is row `row + i`, column `column + c`; of rows that
        /// the weight does not have, it is anything.
        ///
        /// @param row    a multiple of [#ROWS]
        /// @param column a multiple of the step between columns
        void decode(int row, int column, int depth, MemorySegment tile, int offset, Scratch scratch);
    }

    private final int columns;
    private final int step;
    private final Decoder decoder;

    /// @param step columns that are decoded at a time
    TiledProduct(int columns, int step, Decoder decoder) {
        this.columns = columns;
        this.step = step;
        this.decoder = decoder;
    }

    /// As [io.layerplan.runtime.kernel.MatrixKernel#multiplyPacked] says, of activations in [VectorStrips].
    void multiply(
            int from,
            int to,
            float[] strips,
            int stripsOffset,
            int tokens,
            float[] y,
            int yOffset,
            int yStride,
            Scratch scratch) {
        TileSums.multiply(
                from,
                to,
                tokens,
                y,
                yOffset,
                yStride,
                scratch,
                (first, width, sums) -> multiplyTile(first, width, strips, stripsOffset, tokens, sums, scratch));
    }

    private void multiplyTile(
            int first, int width, float[] strips, int stripsOffset, int tokens, float[] sums, Scratch scratch) {
        MemorySegment weights = scratch.segment(Use.WEIGHT, 4L * step * TILE_ROWS);
        for (int column = 0; column < columns; column += step) {
            int depth = Math.min(step, columns - column);
            for (int row = 0; row < width; row += ROWS) {
                decoder.decode(first + row, column, depth, weights, row, scratch);
            }
            int row = 0;
            while (row < width) {
                int vectors = Tiles.vectors(width - row);
                for (int t = 0; t < tokens; t += VectorStrips.TOKENS) {
                    int strip = stripsOffset + t * columns + column * VectorStrips.TOKENS;
                    int sum = t * TileSums.STRIDE + row;
                    TileOfStrip.multiply(
                            vectors, depth, strips, strip, weights, row, TILE_ROWS, sums, sum, TileSums.STRIDE);
                }
                row += vectors * Lanes.COUNT;
            }
        }
    }
}
