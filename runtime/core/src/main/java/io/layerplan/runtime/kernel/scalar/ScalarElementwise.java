package io.layerplan.runtime.kernel.scalar;

/// What is added and multiplied element by element: gates, biases, residuals, reducers. Results may overwrite
/// operands.
public final class ScalarElementwise {
    private ScalarElementwise() {}

    /// `y_i = a_i · b_i`.
    public static void multiply(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset) {
        for (int i = 0; i < size; i++) {
            y[yOffset + i] = a[aOffset + i] * b[bOffset + i];
        }
    }

    /// `y_i = a_i + b_i`.
    public static void add(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset) {
        for (int i = 0; i < size; i++) {
            y[yOffset + i] = a[aOffset + i] + b[bOffset + i];
        }
    }

    /// `y_i = factor · x_i`.
    public static void scale(float factor, float[] x, int xOffset, int size, float[] y, int yOffset) {
        for (int i = 0; i < size; i++) {
            y[yOffset + i] = factor * x[xOffset + i];
        }
    }

    /// `y_i = fma(factor, x_i, y_i)`: one rounding.
    public static void addScaled(float factor, float[] x, int xOffset, int size, float[] y, int yOffset) {
        for (int i = 0; i < size; i++) {
            y[yOffset + i] = Math.fma(factor, x[xOffset + i], y[yOffset + i]);
        }
    }
}
