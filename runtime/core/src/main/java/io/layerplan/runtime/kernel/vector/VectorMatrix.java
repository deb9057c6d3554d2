package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;

/// A weight with the loops of its format. One token goes straight through the bytes of the file; for many, blocks
/// of rows are decoded once.
final class VectorMatrix implements MatrixKernel {
    /// From a decoded row to the next one, which lies in other sets of the cache.
    private static final int ROW_STRIDE = TiledProduct.DEPTH + 16;

    /// Rows that are decoded together: as many as fit into the nearest cache.
    private static final int TURNED_ROWS = 16;

    private final WeightFormat format;
    private final ElementType type;
    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final long rowBytes;
    private final TiledProduct tiled;

    /// @param multipliesSubnormals whether the processor multiplies subnormal operands as fast as others
    VectorMatrix(Matrix matrix, boolean multipliesSubnormals) {
        this.format = format(matrix.type(), multipliesSubnormals);
        this.type = matrix.type();
        this.data = matrix.data();
        this.rows = matrix.rows();
        this.columns = matrix.columns();
        this.rowBytes = matrix.rowBytes();
        this.tiled = new TiledProduct(columns, TiledProduct.DEPTH, this::decodeTile);
    }

    private static WeightFormat format(ElementType type, boolean multipliesSubnormals) {
        return switch (type) {
            case F32 -> new VectorF32();
            case F16 -> new VectorF16(multipliesSubnormals);
            case BF16 -> new VectorBf16();
            case Q8_0 -> new VectorQ80();
            case Q4_0 -> new VectorQ40();
            case Q4_1 -> new VectorQ41();
            case Q5_0 -> new VectorQ50();
            case Q5_1 -> new VectorQ51();
            case Q4_K -> new VectorQ4K();
            case Q5_K -> new VectorQ5K();
            case Q6_K -> new VectorQ6K();
        };
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
        MemorySegment aligned = scratch.segment(Use.INPUT, 4L * columns);
        float[] room = scratch.floats(Use.LANES, RowsInFlight.scratch(columns));
        format.prepare(columns, x, xOffset, aligned, room);
        int count = format.rows();
        int apart = (to - from) / count;
        for (int first = from; first < from + apart; first++) {
            format.multiply(data, rowBytes, columns, first, apart, aligned, y, yOffset, room);
        }
        int rest = from + apart * count;
        if (rest < to && apart > 0) {
            // Some of these rows a second time, with the same result, so that there is one loop for all.
            format.multiply(data, rowBytes, columns, to - count, 1, aligned, y, yOffset, room);
        } else {
            for (int r = rest; r < to; r++) {
                format.multiply(data, rowBytes, columns, r, 0, aligned, y, yOffset, room);
            }
        }
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

    private void decodeTile(int row, int column, int depth, MemorySegment tile, int offset, Scratch scratch) {
        for (int r = 0; r < TiledProduct.ROWS; r += TURNED_ROWS) {
            turn(row + r, column, depth, tile, offset + r, scratch);
        }
    }

    /// Decodes rows one by one, and turns them.
    private void turn(int first, int column, int depth, MemorySegment tile, int offset, Scratch scratch) {
        float[] decoded = scratch.floats(Use.ROWS, TURNED_ROWS * ROW_STRIDE);
        int count = Math.min(TURNED_ROWS, rows - first);
        for (int r = 0; r < count; r++) {
            format.decode(data, (first + r) * rowBytes + type.rowBytes(column), depth, decoded, r * ROW_STRIDE);
        }
        for (int c = 0; c < depth; c++) {
            int to = offset + c * TiledProduct.TILE_ROWS;
            for (int r = 0; r < TURNED_ROWS; r++) {
                tile.set(Lanes.FLOAT, 4L * (to + r), decoded[r * ROW_STRIDE + c]);
            }
        }
    }

    @Override
    public void decode(int row, float[] y, int yOffset, Scratch scratch) {
        format.decode(data, row * rowBytes, columns, y, yOffset);
    }
}
