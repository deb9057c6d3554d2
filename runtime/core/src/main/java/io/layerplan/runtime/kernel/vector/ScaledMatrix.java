package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.ScaledMatrixKernel;
import io.layerplan.runtime.kernel.ScaledRow;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;

/// A weight of Q8_0 in groups of rows whose products with one token take codes as subnormal floats.
final class ScaledMatrix extends GroupedMatrix implements ScaledMatrixKernel {
    /// @param data the matrix in `layout`
    ScaledMatrix(GroupedLayout layout, int rows, int columns, MemorySegment data) {
        super(new GroupedQ80(), layout, rows, columns, data);
    }

    @Override
    public void scale(float[] x, int xOffset, ScaledRow row) {
        VectorScale.scale(x, xOffset, columns(), row);
    }

    @Override
    public void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch) {
        ScaledRow row = new ScaledRow();
        scale(x, xOffset, row);
        multiply(from, to, row, y, yOffset, scratch);
    }

    @Override
    public void multiply(int from, int to, ScaledRow x, float[] y, int yOffset, Scratch scratch) {
        multiply(from, to, y, yOffset, scratch, (first, runs, count, sums) -> {
            GroupedBitsQ80.multiply(data(), groupBytes(), columns(), first, runs, count, x, sums);
            GroupedBitsQ80.finish(x, sums, runs * count * GroupedLayout.ROWS);
        });
    }
}
