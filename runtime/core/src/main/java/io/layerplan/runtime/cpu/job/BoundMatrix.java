package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Worker;
import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.QuantisedMatrixKernel;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.ScaledMatrixKernel;
import org.jspecify.annotations.Nullable;

/// A product of a launch: `matrix · input + bias`.
public final class BoundMatrix {
    private final RowKernels kernels;
    private final MatrixKernel matrix;
    private final BoundInput input;
    private final float @Nullable [] bias;

    public BoundMatrix(RowKernels kernels, MatrixKernel matrix, BoundInput input, float @Nullable [] bias) {
        this.kernels = kernels;
        this.matrix = matrix;
        this.input = input;
        this.bias = bias;
    }

    BoundInput input() {
        return input;
    }

    /// Computes the result's columns `from .. to - 1` for every row of a batch: `y[yOffset + row · yStride +
    /// column]`.
    void multiply(Batch batch, int rows, int from, int to, float[] y, int yOffset, int yStride, Worker worker) {
        if (input.isShared(batch) && input.hasCodes()) {
            ((QuantisedMatrixKernel) matrix)
                    .multiplyPacked(from, to, input.codes(batch), rows, y, yOffset, yStride, worker.scratch());
        } else if (input.isShared(batch)) {
            float[] x = input.array(batch, worker);
            matrix.multiplyPacked(from, to, x, 0, rows, y, yOffset, yStride, worker.scratch());
        } else {
            multiplyOneByOne(batch, rows, from, to, y, yOffset, yStride, worker);
        }
        if (bias != null) {
            for (int row = 0; row < rows; row++) {
                int at = yOffset + row * yStride + from;
                kernels.add(y, at, bias, from, to - from, y, at);
            }
        }
    }

    private void multiplyOneByOne(
            Batch batch, int rows, int from, int to, float[] y, int yOffset, int yStride, Worker worker) {
        for (int row = 0; row < rows; row++) {
            int at = yOffset + row * yStride;
            switch (matrix) {
                case QuantisedMatrixKernel integers ->
                    integers.multiply(from, to, input.codes(batch, row, worker), y, at, worker.scratch());
                case ScaledMatrixKernel scaled ->
                    scaled.multiply(from, to, input.scaled(batch, row, scaled, worker), y, at, worker.scratch());
                default -> {
                    float[] x = input.array(batch, worker);
                    matrix.multiply(from, to, x, input.offset(batch, row), y, at, worker.scratch());
                }
            }
        }
    }
}
