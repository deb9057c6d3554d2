package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.Packing;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// A weight with the loops of its format. One token goes straight through the bytes of the file; for many, blocks
/// of the weight are decoded once and multiplied with packed activations in register tiles.
final class VectorMatrix implements MatrixKernel {
    /// Columns that are decoded at a time: a multiple of every format's block, few enough to stay in the nearest
    /// caches.
    private static final int DEPTH = 256;

    private static final int TILE_ROWS = 6;
    private static final int TOKENS_AT_A_TIME = 16;

    private final WeightFormat format;
    private final ElementType type;
    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final long rowBytes;

    VectorMatrix(Matrix matrix) {
        this.format = format(matrix.type());
        this.type = matrix.type();
        this.data = matrix.data();
        this.rows = matrix.rows();
        this.columns = matrix.columns();
        this.rowBytes = matrix.rowBytes();
    }

    private static WeightFormat format(ElementType type) {
        return switch (type) {
            case F32 -> new VectorF32();
            case F16 -> new VectorF16();
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
        MemorySegment.copy(x, xOffset, aligned, Lanes.FLOAT, 0, columns);
        float[] room = scratch.floats(Use.LANES, RowsInFlight.scratch(columns));
        format.prepare(columns, x, xOffset, room);
        int apart = (to - from) / RowsInFlight.COUNT;
        for (int r = from; r < from + apart; r++) {
            format.multiply(data, rowBytes, columns, r, apart, aligned, y, yOffset, room);
        }
        int rest = from + apart * RowsInFlight.COUNT;
        if (rest < to && apart > 0) {
            // Some of these rows a second time, with the same result, so that there is one loop for all.
            format.multiply(data, rowBytes, columns, to - RowsInFlight.COUNT, 1, aligned, y, yOffset, room);
        } else {
            for (int r = rest; r < to; r++) {
                format.multiply(data, rowBytes, columns, r, 0, aligned, y, yOffset, room);
            }
        }
    }

    @Override
    public Packing packing() {
        return Packing.PANELS;
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
        int padded = Tiles.padded(tokens);
        // A stride that is no power of two keeps the rows of a column in different sets of the cache.
        int stride = padded + Lanes.COUNT;
        int tileRows = Math.ceilDiv(to - from, TILE_ROWS) * TILE_ROWS;
        float[] weights = scratch.floats(Use.WEIGHT, tileRows * DEPTH);
        float[] result = scratch.floats(Use.TILE, tileRows * stride);
        Arrays.fill(result, 0, tileRows * stride, 0);
        for (int column = 0; column < columns; column += DEPTH) {
            int depth = Math.min(DEPTH, columns - column);
            for (int r = from; r < to; r++) {
                format.decode(data, r * rowBytes + type.rowBytes(column), depth, weights, (r - from) * DEPTH);
            }
            int token = 0;
            while (token < padded) {
                int width = Tiles.vectors(padded - token) * Lanes.COUNT;
                int panel = panelsOffset + token * columns + column * width;
                Tiles.multiply(tileRows, width, depth, weights, 0, DEPTH, panels, panel, width, result, token, stride);
                token += width;
            }
        }
        transpose(result, stride, to - from, tokens, y, yOffset + from, yStride);
    }

    /// Writes token by token: rows of `y` often lie a power of two apart, and then share few places in the cache.
    private static void transpose(float[] x, int xStride, int rows, int tokens, float[] y, int yOffset, int yStride) {
        for (int first = 0; first < tokens; first += TOKENS_AT_A_TIME) {
            int end = Math.min(tokens, first + TOKENS_AT_A_TIME);
            for (int t = first; t < end; t++) {
                for (int r = 0; r < rows; r++) {
                    y[yOffset + t * yStride + r] = x[r * xStride + t];
                }
            }
        }
    }

    @Override
    public void decode(int row, float[] y, int yOffset) {
        format.decode(data, row * rowBytes, columns, y, yOffset);
    }
}
