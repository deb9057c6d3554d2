package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.Packing;
import io.layerplan.runtime.kernel.QuantisedMatrixKernel;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A weight in groups of rows. One token is multiplied as integers. For many, blocks of 64 rows are decoded once, and
/// lie as register tiles read them, so that results do not have to be turned.
final class GroupedMatrix implements QuantisedMatrixKernel {
    private static final int ROWS = GroupedLayout.ROWS;

    /// Rows that are decoded at a time.
    private static final int TILE_ROWS = RowKernels.INTEGER_ROWS;

    /// Columns that are decoded at a time, at least: with [#TILE_ROWS] rows they fill most of the nearest cache.
    private static final int DEPTH = 256;

    /// From one token's sums to the next one's: not a power of two, so that the rows of a tile lie in different sets of
    /// the cache. Rows of activations often do not, which is why sums are not formed where they go: that took a quarter
    /// more.
    private static final int STRIDE = TILE_ROWS + 16;

    private final GroupedFormat format;
    private final GroupedLayout layout;
    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final long groupBytes;

    /// @param data the matrix in `layout`
    GroupedMatrix(GroupedLayout layout, int rows, int columns, MemorySegment data) {
        this.format = switch (layout.type()) {
            case Q4_0 -> new GroupedQ40();
            case Q5_0 -> new GroupedQ50();
            case Q4_K -> new GroupedQ4K();
            case Q5_K -> new GroupedQ5K();
            case Q6_K -> new GroupedQ6K();
            case F32, F16, BF16, Q8_0, Q4_1, Q5_1 -> throw new IllegalArgumentException(layout.toString());
        };
        this.layout = layout;
        this.data = data;
        this.rows = rows;
        this.columns = columns;
        this.groupBytes = layout.groupBytes(columns);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch) {
        QuantisedRow row = new QuantisedRow();
        VectorQuantize.quantize(x, xOffset, columns, row);
        multiply(from, to, row, y, yOffset, scratch);
    }

    @Override
    public void multiply(int from, int to, QuantisedRow x, float[] y, int yOffset, Scratch scratch) {
        float[] sums = scratch.floats(Use.LANES, GroupedFormat.COUNT * ROWS);
        int first = from / ROWS;
        int end = Math.ceilDiv(to, ROWS);
        int apart = (end - first) / GroupedFormat.COUNT;
        for (int g = first; g < first + apart; g++) {
            Arrays.fill(sums, 0, GroupedFormat.COUNT * ROWS, 0);
            format.multiply(data, groupBytes, columns, g, apart, x, sums);
            for (int i = 0; i < GroupedFormat.COUNT; i++) {
                store(sums, i * ROWS, g + i * apart, from, to, y, yOffset);
            }
        }
        for (int g = first + apart * GroupedFormat.COUNT; g < end; g++) {
            // A group that is left over goes with itself, or with groups before it, so that there is one loop for all.
            int back = apart == 0 ? 0 : GroupedFormat.COUNT - 1;
            Arrays.fill(sums, 0, GroupedFormat.COUNT * ROWS, 0);
            format.multiply(data, groupBytes, columns, g - back, Math.min(1, back), x, sums);
            store(sums, back * ROWS, g, from, to, y, yOffset);
        }
    }

    /// Stores those of a group's 16 sums that are asked for.
    private static void store(float[] sums, int at, int group, int from, int to, float[] y, int yOffset) {
        int first = Math.max(from, group * ROWS);
        int end = Math.min(to, group * ROWS + ROWS);
        System.arraycopy(sums, at + first - group * ROWS, y, yOffset + first, end - first);
    }

    @Override
    public Packing packing() {
        return Packing.STRIPS;
    }

    @Override
    public void multiplyPacked(
            int from,
            int to,
            float[] panels,
            int panelsOffset,
            int tokens,
            float[] y,
            int yOffset,
            int yStride,
            Scratch scratch) {
        float[] sums = scratch.floats(Use.TILE, VectorStrips.padded(tokens) * STRIDE);
        for (int first = from / ROWS * ROWS; first < to; first += TILE_ROWS) {
            int end = Math.min(first + TILE_ROWS, Math.ceilDiv(to, ROWS) * ROWS);
            multiplyTile(first, end - first, panels, panelsOffset, tokens, sums, scratch);
            int low = Math.max(from, first);
            int high = Math.min(to, end);
            for (int t = 0; t < tokens; t++) {
                System.arraycopy(sums, t * STRIDE + low - first, y, yOffset + t * yStride + low, high - low);
            }
        }
    }

    /// `sums[t · STRIDE + r]` for `width` rows from `first` on, whole groups.
    private void multiplyTile(
            int first, int width, float[] strips, int stripsOffset, int tokens, float[] sums, Scratch scratch) {
        int step = Math.max(DEPTH, layout.unitColumns());
        float[] weights = scratch.floats(Use.WEIGHT, step * TILE_ROWS);
        int padded = VectorStrips.padded(tokens);
        Arrays.fill(sums, 0, padded * STRIDE, 0);
        for (int column = 0; column < columns; column += step) {
            int depth = Math.min(step, columns - column);
            long unit = (long) column / layout.unitColumns() * layout.unitBytes();
            for (int row = 0; row < width; row += ROWS) {
                long group = (first + row) / ROWS * groupBytes;
                format.decode(data, group + unit, depth, weights, row, TILE_ROWS);
            }
            int row = 0;
            while (row < width) {
                int vectors = Tiles.vectors(width - row);
                for (int t = 0; t < padded; t += VectorStrips.TOKENS) {
                    int strip = stripsOffset + t * columns + column * VectorStrips.TOKENS;
                    int sum = t * STRIDE + row;
                    TileOfStrip.multiply(vectors, depth, strips, strip, weights, row, TILE_ROWS, sums, sum, STRIDE);
                }
                row += vectors * Lanes.COUNT;
            }
        }
    }

    @Override
    public void decode(int row, float[] y, int yOffset) {
        float[] group = new float[columns * ROWS];
        format.decode(data, row / ROWS * groupBytes, columns, group, 0, ROWS);
        for (int c = 0; c < columns; c++) {
            y[yOffset + c] = group[c * ROWS + row % ROWS];
        }
    }
}
