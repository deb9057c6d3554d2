package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.QuantisedMatrixKernel;
import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;

/// A weight in groups of rows whose products are formed of integers; with many tokens, of floats if those are packed.
final class IntegerMatrix extends GroupedMatrix implements QuantisedMatrixKernel {
    private final GroupedIntegers format;
    private final TiledCodes tiledCodes;

    /// @param data the matrix in `layout`
    IntegerMatrix(GroupedLayout layout, int rows, int columns, MemorySegment data) {
        this(format(layout), layout, rows, columns, data);
    }

    private IntegerMatrix(GroupedIntegers format, GroupedLayout layout, int rows, int columns, MemorySegment data) {
        super(format, layout, rows, columns, data);
        this.format = format;
        this.tiledCodes = new TiledCodes(layout, columns, data);
    }

    private static GroupedIntegers format(GroupedLayout layout) {
        return switch (layout.type()) {
            case Q4_0 -> new GroupedQ40();
            case Q5_0 -> new GroupedQ50();
            case Q4_K -> new GroupedQ4K();
            case Q5_K -> new GroupedQ5K();
            case Q6_K -> new GroupedQ6K();
            case F32, F16, BF16, Q8_0, Q4_1, Q5_1 -> throw new IllegalArgumentException(layout.toString());
        };
    }

    @Override
    public void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch) {
        QuantisedRow row = new QuantisedRow();
        VectorQuantize.quantize(x, xOffset, columns(), row);
        multiply(from, to, row, y, yOffset, scratch);
    }

    @Override
    public void multiply(int from, int to, QuantisedRow x, float[] y, int yOffset, Scratch scratch) {
        format.prepare(x);
        multiply(
                from,
                to,
                y,
                yOffset,
                scratch,
                (first, runs, count, sums) ->
                        format.multiply(data(), groupBytes(), columns(), first, runs, count, x, sums));
    }

    @Override
    public void multiplyPacked(
            int from, int to, QuantisedPanels x, int tokens, float[] y, int yOffset, int yStride, Scratch scratch) {
        tiledCodes.multiply(from, to, x, tokens, y, yOffset, yStride, scratch);
    }
}
