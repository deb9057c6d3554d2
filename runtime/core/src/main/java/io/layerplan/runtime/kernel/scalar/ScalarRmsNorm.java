package io.layerplan.runtime.kernel.scalar;

/// RMSNorm (arXiv 1910.07467): `y_i = gain_i · x_i / √(mean_j(x_j²) + epsilon)`.
public final class ScalarRmsNorm {
    private ScalarRmsNorm() {}

    /// Normalises `size` elements; `x` and `y` may be the same.
    ///
    /// @param gain `size` factors
    public static void normalize(
            float[] x, int xOffset, float[] gain, float epsilon, int size, float[] y, int yOffset) {
        float inverse = inverseRms(x, xOffset, size, epsilon);
        for (int i = 0; i < size; i++) {
            y[yOffset + i] = x[xOffset + i] * inverse * gain[i];
        }
    }

    /// Normalises each of the `groups` equal parts of a row of `groups · gain.length` elements with the same
    /// gain: the norms of queries and keys have a group for each head.
    public static void normalizeGroups(
            float[] x, int xOffset, float[] gain, float epsilon, int groups, float[] y, int yOffset) {
        int size = gain.length;
        for (int group = 0; group < groups; group++) {
            normalize(x, xOffset + group * size, gain, epsilon, size, y, yOffset + group * size);
        }
    }

    /// `1 / √(mean_j(x_j²) + epsilon)`, the statistic alone.
    public static float inverseRms(float[] x, int xOffset, int size, float epsilon) {
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += (double) x[xOffset + i] * x[xOffset + i];
        }
        return (float) (1 / Math.sqrt(squares / size + epsilon));
    }
}
