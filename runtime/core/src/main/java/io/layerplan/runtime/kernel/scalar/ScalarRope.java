package io.layerplan.runtime.kernel.scalar;

import io.layerplan.runtime.program.Rope;
import org.jspecify.annotations.Nullable;

/// Rotary position embedding (arXiv 2104.09864). With `d = dimensions` and the angle
/// `θ_j = position · base^(-2j/d) / (scale · factor_j)`, the pair `(a, b)` number `j` of a head becomes
/// `(a cos θ_j - b sin θ_j, a sin θ_j + b cos θ_j)`; elements from `d` on stay as they are.
public final class ScalarRope {
    private ScalarRope() {}

    /// `θ_j`, in double precision.
    ///
    /// @param factors `dimensions / 2` frequency divisors, or null where there are none
    public static double angle(Rope rope, float @Nullable [] factors, int position, int pair) {
        double frequency = Math.pow(rope.base(), -2.0 * pair / rope.dimensions());
        return position * frequency / (rope.scale() * (factors == null ? 1 : factors[pair]));
    }

    /// Turns each of the `heads` heads of size `headSize` in a row; `x` and `y` may be the same.
    ///
    /// @param factors `dimensions / 2` frequency divisors, or null where there are none
    public static void rotate(
            float[] x,
            int xOffset,
            int heads,
            int headSize,
            Rope rope,
            float @Nullable [] factors,
            int position,
            float[] y,
            int yOffset) {
        int pairs = rope.dimensions() / 2;
        float[] cosines = new float[pairs];
        float[] sines = new float[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            double angle = angle(rope, factors, position, pair);
            cosines[pair] = (float) Math.cos(angle);
            sines[pair] = (float) Math.sin(angle);
        }
        for (int head = 0; head < heads; head++) {
            turn(x, xOffset + head * headSize, headSize, rope, cosines, sines, 0, y, yOffset + head * headSize);
        }
    }

    /// Turns one head by angles whose cosines and sines stand from `anglesOffset` on.
    public static void turn(
            float[] x,
            int xOffset,
            int headSize,
            Rope rope,
            float[] cosines,
            float[] sines,
            int anglesOffset,
            float[] y,
            int yOffset) {
        boolean adjacent = rope.pairing() == Rope.Pairing.ADJACENT;
        int pairs = rope.dimensions() / 2;
        for (int pair = 0; pair < pairs; pair++) {
            int first = adjacent ? 2 * pair : pair;
            int second = adjacent ? 2 * pair + 1 : pair + pairs;
            float a = x[xOffset + first];
            float b = x[xOffset + second];
            float cosine = cosines[anglesOffset + pair];
            float sine = sines[anglesOffset + pair];
            y[yOffset + first] = a * cosine - b * sine;
            y[yOffset + second] = a * sine + b * cosine;
        }
        System.arraycopy(x, xOffset + 2 * pairs, y, yOffset + 2 * pairs, headSize - 2 * pairs);
    }
}
