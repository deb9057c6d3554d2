package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A weight in groups of rows. What one token is multiplied with, and how, is up to each kind of them.
abstract sealed class GroupedMatrix implements MatrixKernel permits FloatMatrix, IntegerMatrix, ScaledMatrix {
    private static final int ROWS = GroupedLayout.ROWS;

    /// Multiplies some of the groups with one token, as [GroupedFormat] says.
    interface Groups {
        void multiply(int first, int runs, int count, float[] sums);
    }

    private final GroupedFormat format;
    private final GroupedLayout layout;
    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final long groupBytes;
    private final TiledProduct tiled;
    private final GroupsAtATime atATime;

    /// @param data the matrix in `layout`
    GroupedMatrix(GroupedFormat format, GroupedLayout layout, int rows, int columns, MemorySegment data) {
        this.format = format;
        this.layout = layout;
        this.data = data;
        this.rows = rows;
        this.columns = columns;
        this.groupBytes = layout.groupBytes(columns);
        this.atATime = GroupsAtATime.of(layout.type());
        int step = Math.max(TiledProduct.DEPTH, layout.unitColumns());
        this.tiled = new TiledProduct(columns, step, this::decodeTile);
    }

    MemorySegment data() {
        return data;
    }

    long groupBytes() {
        return groupBytes;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    /// The rows `from .. to - 1` of a product of one token.
    void multiply(int from, int to, float[] y, int yOffset, Scratch scratch, Groups groups) {
        long bytes = (Math.ceilDiv(to, ROWS) - from / ROWS) * groupBytes;
        if (atATime.isChosen() || bytes < GroupsAtATime.LEAST_BYTES) {
            multiply(from, to, atATime.usual(), y, yOffset, scratch, groups);
            return;
        }
        int count = atATime.next();
        long start = System.nanoTime();
        multiply(from, to, count, y, yOffset, scratch, groups);
        atATime.took(count, bytes, System.nanoTime() - start);
    }

    /// @param most how many groups go at a time where there are twice as many
    private void multiply(int from, int to, int most, float[] y, int yOffset, Scratch scratch, Groups groups) {
        int first = from / ROWS;
        int end = Math.ceilDiv(to, ROWS);
        int count = Math.clamp((end - first) / 2, 1, most);
        int runs = (end - first) / count;
        float[] sums = scratch.floats(Use.LANES, (end - first) * ROWS);
        multiply(first, runs, count, from, to, y, yOffset, sums, groups);
        int rest = first + runs * count;
        if (rest < end) {
            multiply(rest, 1, end - rest, from, to, y, yOffset, sums, groups);
        }
    }

    private static void multiply(
            int first, int runs, int count, int from, int to, float[] y, int yOffset, float[] sums, Groups groups) {
        Arrays.fill(sums, 0, runs * count * ROWS, 0);
        groups.multiply(first, runs, count, sums);
        for (int i = 0; i < count; i++) {
            store(sums, i * runs * ROWS, first + i * runs, runs, from, to, y, yOffset);
        }
    }

    /// Stores those sums of `runs` groups that are asked for.
    private static void store(float[] sums, int at, int group, int runs, int from, int to, float[] y, int yOffset) {
        int first = Math.max(from, group * ROWS);
        int end = Math.min(to, (group + runs) * ROWS);
        if (first < end) {
            System.arraycopy(sums, at + first - group * ROWS, y, yOffset + first, end - first);
        }
    }

    private void decodeTile(int row, int column, int depth, MemorySegment tile, int offset, Scratch scratch) {
        long unit = (long) column / layout.unitColumns() * layout.unitBytes();
        format.decode(data, row / ROWS * groupBytes + unit, depth, tile, offset, TiledProduct.TILE_ROWS);
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
        tiled.multiply(from, to, panels, panelsOffset, tokens, y, yOffset, yStride, scratch);
    }

    @Override
    public void decode(int row, float[] y, int yOffset, Scratch scratch) {
        MemorySegment group = scratch.segment(Use.WEIGHT, 4L * columns * ROWS);
        format.decode(data, row / ROWS * groupBytes, columns, group, 0, ROWS);
        for (int c = 0; c < columns; c++) {
            y[yOffset + c] = group.get(Lanes.FLOAT, 4L * (c * ROWS + row % ROWS));
        }
    }
}
