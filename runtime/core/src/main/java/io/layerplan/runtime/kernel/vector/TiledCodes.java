package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;

/// A weight's products with many tokens, of integers: [TiledProduct] with codes in place of what they stand for. Where
/// a processor multiplies and adds 32 integers of 16 bits in less than the time of two times 16 floats, it is faster,
/// and codes of two columns take the room of one float. Every sum is that of one token's product, to the bit.
final class TiledCodes {
    private final GroupedLayout layout;
    private final CodeFormat format;
    private final MemorySegment data;
    private final int columns;

    /// @param data a matrix of `columns` columns in `layout`
    TiledCodes(GroupedLayout layout, int columns, MemorySegment data) {
        this.layout = layout;
        this.format = CodeFormat.of(layout);
        this.data = data;
        this.columns = columns;
    }

    /// As [io.layerplan.runtime.kernel.QuantisedMatrixKernel#multiplyPacked] says, of activations in [CodeStrips].
    void multiply(
            int from, int to, QuantisedPanels x, int tokens, float[] y, int yOffset, int yStride, Scratch scratch) {
        TileSums.multiply(
                from,
                to,
                tokens,
                y,
                yOffset,
                yStride,
                scratch,
                (first, width, sums) -> multiplyTile(first, width, x, tokens, sums, scratch));
    }

    private void multiplyTile(int first, int width, QuantisedPanels x, int tokens, float[] sums, Scratch scratch) {
        int step = TiledProduct.DEPTH;
        int vectors = CodeFormat.VECTORS * Lanes.COUNT;
        MemorySegment tile = scratch.segment(Use.WEIGHT, (long) step / GroupedLayout.COLUMNS * CodeFormat.BLOCK_BYTES);
        for (int column = 0; column < columns; column += step) {
            int depth = Math.min(step, columns - column);
            for (int row = 0; row < width; row += GroupedLayout.ROWS) {
                format.decode(data, start(first + row, column), depth, tile, row);
            }
            for (int row = 0; row < width; row += vectors) {
                for (int t = 0; t < tokens; t += CodeStrips.TOKENS) {
                    int stretch = CodeStrips.stretch(t, column, columns);
                    int sum = t * TileSums.STRIDE + row;
                    format.multiply(depth / CodeStrips.COLUMNS, x, stretch, tile, row, sums, sum, TileSums.STRIDE);
                }
            }
        }
    }

    private long start(int row, int column) {
        long unit = (long) column / layout.unitColumns() * layout.unitBytes();
        return row / GroupedLayout.ROWS * layout.groupBytes(columns) + unit;
    }
}
