package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A weight in groups of rows. For many tokens, blocks of 64 rows are decoded once, and lie as register tiles read
/// them, so that results do not have to be turned. How one token is multiplied is up to those who have one of these.
final class GroupedMatrix {
    private static final int ROWS = GroupedLayout.ROWS;

    /// Rows that are decoded at a time.
    private static final int TILE_ROWS = RowKernels.GROUPED_ROWS;

    /// Columns that are decoded at a time, at least: with [#TILE_ROWS] rows they fill most of the nearest cache.
    private static final int DEPTH = 256;

    /// From one token's sums to the next one's: not a power of two, so that the rows of a tile lie in different sets of
    /// the cache. Rows of activations often do not, which is why sums are not formed where they go: that took a quarter
    /// more.
    private static final int STRIDE = TILE_ROWS + 16;

    /// Some of the groups, `apart` from each other, are multiplied with one token: what they give is added to `sums`,
    /// 16 for each of the `count` groups.
    interface Groups {
        void multiply(int first, int apart, int count, float[] sums);
    }

    private final GroupedFormat format;
    private final GroupedLayout layout;
    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final long groupBytes;

    /// @param data the matrix in `layout`
    GroupedMatrix(GroupedFormat format, GroupedLayout layout, int rows, int columns, MemorySegment data) {
        this.format = format;
        this.layout = layout;
        this.data = data;
        this.rows = rows;
        this.columns = columns;
        this.groupBytes = layout.groupBytes(columns);
    }

    MemorySegment data() {
        return data;
    }

    long groupBytes() {
        return groupBytes;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /// The rows `from .. to - 1` of a product of one token, `atATime` groups at a time.
    void multiply(int from, int to, int atATime, float[] y, int yOffset, Scratch scratch, Groups groups) {
        float[] sums = scratch.floats(Use.LANES, atATime * ROWS);
        int first = from / ROWS;
        int end = Math.ceilDiv(to, ROWS);
        int apart = (end - first) / atATime;
        for (int g = first; g < first + apart; g++) {
            multiply(g, apart, atATime, from, to, y, yOffset, sums, groups);
        }
        int rest = first + apart * atATime;
        if (rest < end) {
            multiply(rest, 1, end - rest, from, to, y, yOffset, sums, groups);
        }
    }

    private static void multiply(
            int first, int apart, int count, int from, int to, float[] y, int yOffset, float[] sums, Groups groups) {
        Arrays.fill(sums, 0, count * ROWS, 0);
        groups.multiply(first, apart, count, sums);
        for (int i = 0; i < count; i++) {
            store(sums, i * ROWS, first + i * apart, from, to, y, yOffset);
        }
    }

    /// Stores those of a group's 16 sums that are asked for.
    private static void store(float[] sums, int at, int group, int from, int to, float[] y, int yOffset) {
        int first = Math.max(from, group * ROWS);
        int end = Math.min(to, group * ROWS + ROWS);
        System.arraycopy(sums, at + first - group * ROWS, y, yOffset + first, end - first);
    }

    /// As [io.layerplan.runtime.kernel.MatrixKernel#multiplyPacked] says, of activations in strips.
    void multiplyPacked(
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

    /// Decodes row `row`.
    void decode(int row, float[] y, int yOffset) {
        float[] group = new float[columns * ROWS];
        format.decode(data, row / ROWS * groupBytes, columns, group, 0, ROWS);
        for (int c = 0; c < columns; c++) {
            y[yOffset + c] = group[c * ROWS + row % ROWS];
        }
    }
}
