package io.layerplan.runtime.kernel;

/// A weight whose products with one token take activations scaled. Given a row of floats, it scales that.
public interface ScaledMatrixKernel extends MatrixKernel {
    /// Scales the `columns()` activations from `xOffset` on, once for all products that take them.
    void scale(float[] x, int xOffset, ScaledRow row);

    /// `y[yOffset + r] = Σ_c weight[r, c] · x[c]` for the rows `from .. to - 1`.
    void multiply(int from, int to, ScaledRow x, float[] y, int yOffset, Scratch scratch);
}
