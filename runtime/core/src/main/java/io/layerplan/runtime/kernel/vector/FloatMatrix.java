package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;

/// A weight in groups of rows whose products with one token are formed of floats.
final class FloatMatrix implements MatrixKernel {
    private final GroupedFloats format;
    private final GroupedMatrix matrix;

    /// @param data the matrix in `layout`
    FloatMatrix(GroupedLayout layout, int rows, int columns, MemorySegment data) {
        this.format = switch (layout.type()) {
            case Q8_0 -> new GroupedQ80();
            case F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K, Q6_K ->
                throw new IllegalArgumentException(layout.toString());
        };
        this.matrix = new GroupedMatrix(format, layout, rows, columns, data);
    }

    @Override
    public int rows() {
        return matrix.rows();
    }

    @Override
    public int columns() {
        return matrix.columns();
    }

    @Override
    public void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch) {
        MemorySegment data = matrix.data();
        long groupBytes = matrix.groupBytes();
        matrix.multiply(
                from,
                to,
                y,
                yOffset,
                scratch,
                (first, apart, count, sums) ->
                        format.multiply(data, groupBytes, columns(), first, apart, count, x, xOffset, sums));
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
        matrix.tiled().multiply(from, to, panels, panelsOffset, tokens, y, yOffset, yStride, scratch);
    }

    @Override
    public void decode(int row, float[] y, int yOffset, Scratch scratch) {
        matrix.decode(row, y, yOffset, scratch);
    }
}
