package io.layerplan.runtime.kernel.scalar;

import io.layerplan.runtime.program.Activation;

/// The non-linearities of feed-forwards, element by element, computed in double precision:
/// SiLU `x / (1 + e^-x)` and GELU `x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))` (arXiv 1606.08415).
public final class ScalarActivation {
    private static final double SQRT_2_OVER_PI = Math.sqrt(2 / Math.PI);

    private ScalarActivation() {}

    /// `y_i = activation(x_i)` for `size` elements; `x` and `y` may be the same.
    public static void activate(Activation activation, float[] x, int xOffset, int size, float[] y, int yOffset) {
        for (int i = 0; i < size; i++) {
            y[yOffset + i] = activate(activation, x[xOffset + i]);
        }
    }

    /// `activation(x)`.
    public static float activate(Activation activation, float x) {
        return switch (activation) {
            case SILU -> (float) (x / (1 + Math.exp(-(double) x)));
            case GELU_TANH -> {
                double cubic = x + 0.044715 * x * x * x;
                yield (float) (0.5 * x * (1 + Math.tanh(SQRT_2_OVER_PI * cubic)));
            }
        };
    }
}
