package io.layerplan.runtime.kernel.scalar;

import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.tensor.Matrix;

/// Products by definition, a row of the weight decoded at a time. Packed activations lie row after row.
record ScalarMatrix(Matrix weight) implements MatrixKernel {
    @Override
    public int rows() {
        return weight.rows();
    }

    @Override
    public int columns() {
        return weight.columns();
    }

    @Override
    public void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch) {
        multiplyPacked(from, to, x, xOffset, 1, y, yOffset, 0, scratch);
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
        int columns = columns();
        float[] row = scratch.floats(Use.WEIGHT, columns);
        for (int r = from; r < to; r++) {
            ScalarDequantize.row(weight, r, row, 0);
            for (int t = 0; t < tokens; t++) {
                y[yOffset + t * yStride + r] = ScalarMatMul.dot(row, 0, panels, panelsOffset + t * columns, columns);
            }
        }
    }

    @Override
    public void decode(int row, float[] y, int yOffset, Scratch scratch) {
        ScalarDequantize.row(weight, row, y, yOffset);
    }
}
