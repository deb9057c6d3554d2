package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;

/// The loops over one format for products of integers with many tokens ([TiledCodes]). A tile of decoded weights has a
/// unit for each stretch of columns that shares a scale: for each pair of neighbouring columns, the codes of 64 rows as
/// 16-bit integers, a row's two in a 32-bit lane, and then a float or two for each row: its scale, and what the sum of
/// the activations is multiplied by.
interface CodeFormat {
    /// From a pair of columns, or a number, to the next one.
    int ROW_BYTES = 4 * TiledProduct.TILE_ROWS;

    /// What 32 columns of a tile take at most: one unit with two numbers, or two with one.
    int BLOCK_BYTES = (GroupedLayout.COLUMNS / 2 + 2) * ROW_BYTES;

    /// Pairs of columns of a block.
    int PAIRS = GroupedLayout.COLUMNS / 2;

    /// Parts of a group, as in [GroupedFormat].
    int PARTS = GroupedFormat.PARTS;

    /// Vectors of rows that [#multiply] multiplies.
    int VECTORS = 2;

    /// Decodes columns of a group of rows.
    ///
    /// @param offset  where the group's first block begins
    /// @param columns whole blocks of the format
    /// @param row     which rows of the tile they are, from there on
    void decode(MemorySegment data, long offset, int columns, MemorySegment tile, int row);

    /// Adds to `sums[sum + t · stride + r]` the products of [#VECTORS] vectors of rows with six tokens, each as
    /// [GroupedIntegers] forms it, to the bit.
    ///
    /// @param blocks  of 32 columns in the tile
    /// @param stretch of `x` that belongs to the first of them
    /// @param row     the first row of the tile
    void multiply(
            int blocks, QuantisedPanels x, int stretch, MemorySegment tile, int row, float[] sums, int sum, int stride);

    /// The loops over the format of a layout.
    static CodeFormat of(GroupedLayout layout) {
        return switch (layout.type()) {
            case Q4_0 -> new CodesQ40();
            case Q5_0 -> new CodesQ50();
            case Q4_K -> new CodesQ4K();
            case Q5_K -> new CodesQ5K();
            case Q6_K -> new CodesQ6K();
            case F32, F16, BF16, Q8_0, Q4_1, Q5_1 -> throw new IllegalArgumentException(layout.toString());
        };
    }
}
