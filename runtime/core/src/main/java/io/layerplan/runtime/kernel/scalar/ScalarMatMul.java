package io.layerplan.runtime.kernel.scalar;

import io.layerplan.runtime.tensor.Matrix;

/// The product of a weight and an activation: `y_r = Σ_c weight[r, c] · x_c`.
public final class ScalarMatMul {
    private ScalarMatMul() {}

    /// Computes the outputs `from .. to - 1` into `y[yOffset + from] ..`.
    ///
    /// @param x `weight.columns()` elements from `xOffset`
    public static void multiply(Matrix weight, int from, int to, float[] x, int xOffset, float[] y, int yOffset) {
        float[] row = new float[weight.columns()];
        for (int r = from; r < to; r++) {
            ScalarDequantize.row(weight, r, row, 0);
            y[yOffset + r] = dot(row, 0, x, xOffset, row.length);
        }
    }

    /// `Σ_i a_i · b_i`.
    public static float dot(float[] a, int aOffset, float[] b, int bOffset, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (double) a[aOffset + i] * b[bOffset + i];
        }
        return (float) sum;
    }
}
