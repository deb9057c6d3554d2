package io.layerplan.runtime.kernel.vector;

/// The constants of `e^x` in 32-bit floats, the polynomial of Cephes' `expf` (Moshier): with `n = round(x / ln 2)`
/// and `r = x - n ln 2`, `e^x = 2^n · (1 + r + r² p(r))`, with a relative error of 2e-7 at most. Rounding is done
/// by adding and subtracting `1.5 · 2^23`, and `2^n` is put together from the bits of that sum.
final class Exponential {
    static final float LEAST = -87;
    static final float MOST = 88;
    static final float LOG2_E = 1.442695f;
    static final float ROUND = 0x1.8p23f;
    static final int ROUND_BITS = Float.floatToRawIntBits(ROUND) - 127;
    static final float LN2_HIGH = -0.6933594f;
    static final float LN2_LOW = 0.00021219444f;
    static final float P0 = 0.00019875691f;
    static final float P1 = 0.0013981999f;
    static final float P2 = 0.008333452f;
    static final float P3 = 0.041665796f;
    static final float P4 = 0.16666666f;
    static final float P5 = 0.5f;

    private Exponential() {}

    /// `e^x` for one element, the same bits as in a lane.
    static float of(float x) {
        float clamped = Math.min(MOST, Math.max(LEAST, x));
        float shifted = Math.fma(clamped, LOG2_E, ROUND);
        float n = shifted - ROUND;
        float r = Math.fma(n, LN2_LOW, Math.fma(n, LN2_HIGH, clamped));
        float p = Math.fma(P0, r, P1);
        p = Math.fma(p, r, P2);
        p = Math.fma(p, r, P3);
        p = Math.fma(p, r, P4);
        p = Math.fma(p, r, P5);
        float e = Math.fma(p, r * r, r) + 1;
        return e * Float.intBitsToFloat((Float.floatToRawIntBits(shifted) - ROUND_BITS) << 23);
    }
}
