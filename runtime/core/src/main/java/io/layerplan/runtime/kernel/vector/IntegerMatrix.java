package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.QuantisedMatrixKernel;
import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;

/// A weight in groups of rows whose products are formed of integers; with many tokens, of floats if those are packed.
final class IntegerMatrix implements QuantisedMatrixKernel {
    private final GroupedIntegers format;
    private final GroupedMatrix matrix;
    private final TiledCodes tiled;

    /// @param data the matrix in `layout`
    IntegerMatrix(GroupedLayout layout, int rows, int columns, MemorySegment data) {
        this.format = switch (layout.type()) {
            case Q4_0 -> new GroupedQ40();
            case Q5_0 -> new GroupedQ50();
            case Q4_K -> new GroupedQ4K();
            case Q5_K -> new GroupedQ5K();
            case Q6_K -> new GroupedQ6K();
            case F32, F16, BF16, Q8_0, Q4_1, Q5_1 -> throw new IllegalArgumentException(layout.toString());
        };
        this.matrix = new GroupedMatrix(format, layout, rows, columns, data);
        this.tiled = new TiledCodes(layout, columns, data);
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
        QuantisedRow row = new QuantisedRow();
        VectorQuantize.quantize(x, xOffset, columns(), row);
        multiply(from, to, row, y, yOffset, scratch);
    }

    @Override
    public void multiply(int from, int to, QuantisedRow x, float[] y, int yOffset, Scratch scratch) {
        MemorySegment data = matrix.data();
        long groupBytes = matrix.groupBytes();
        matrix.multiply(
                from,
                to,
                y,
                yOffset,
                scratch,
                (first, apart, count, sums) ->
                        format.multiply(data, groupBytes, columns(), first, apart, count, x, sums));
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
    public void multiplyPacked(
            int from, int to, QuantisedPanels x, int tokens, float[] y, int yOffset, int yStride, Scratch scratch) {
        tiled.multiply(from, to, x, tokens, y, yOffset, yStride, scratch);
    }

    @Override
    public void decode(int row, float[] y, int yOffset, Scratch scratch) {
        matrix.decode(row, y, yOffset, scratch);
    }
}
