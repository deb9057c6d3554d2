package io.layerplan.compiler.graph;

import io.layerplan.runtime.kernel.scalar.ScalarDequantize;
import io.layerplan.runtime.kernel.scalar.ScalarMatMul;
import io.layerplan.runtime.kernel.scalar.ScalarQuantizeActivations;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.Matrix;

/// Matrix products of the interpreter, in a numeric mode.
final class ScalarProducts {
    private final NumericMode mode;

    ScalarProducts(NumericMode mode) {
        this.mode = mode;
    }

    /// `y[t, r] = Σ_c w[r, c] · x[t, c]` for the rows of `x`.
    float[] multiply(float[] x, Matrix w) {
        int rows = x.length / w.columns();
        float[] input = mode == NumericMode.Q8 && w.type().isQuantised() ? quantised(x, w.columns()) : x;
        float[] y = new float[rows * w.rows()];
        for (int r = 0; r < w.rows(); r++) {
            float[] row = decode(w, r);
            for (int t = 0; t < rows; t++) {
                y[t * w.rows() + r] = ScalarMatMul.dot(row, 0, input, t * w.columns(), w.columns());
            }
        }
        return y;
    }

    /// What `x` is once it went through 8-bit integers, row by row.
    private static float[] quantised(float[] x, int width) {
        int block = ScalarQuantizeActivations.BLOCK;
        byte[] codes = new byte[width];
        float[] scales = new float[(width + block - 1) / block];
        float[] y = new float[x.length];
        for (int row = 0; row < x.length; row += width) {
            ScalarQuantizeActivations.quantize(x, row, width, codes, 0, scales, 0);
            for (int i = 0; i < width; i++) {
                y[row + i] = scales[i / block] * codes[i];
            }
        }
        return y;
    }

    static float[] decode(Matrix w, int row) {
        return ScalarDequantize.row(w, row);
    }
}
