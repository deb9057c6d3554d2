package io.layerplan.runtime.kernel.scalar;

/// The product of a weight and an activation: `y_r = Σ_c weight[r, c] · x_c`.
public final class ScalarMatMul {
    private ScalarMatMul() {}

    /// `Σ_i a_i · b_i`.
    public static float dot(float[] a, int aOffset, float[] b, int bOffset, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (double) a[aOffset + i] * b[bOffset + i];
        }
        return (float) sum;
    }
}
