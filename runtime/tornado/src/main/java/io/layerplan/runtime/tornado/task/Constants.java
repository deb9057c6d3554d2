package io.layerplan.runtime.tornado.task;

/// What stands at the beginning of the array of floats.
public final class Constants {
    /// Entry `e` is what the significand of a brain float (BF16) with the exponent `e` is multiplied by.
    public static final int POWERS = 0;

    /// How many of them there are.
    public static final int EXPONENTS = 256;

    /// The offset of a zero.
    public static final int ZERO = EXPONENTS;

    /// The offset of ones, as many as the widest row has elements: the gain of what has no norm.
    public static final int ONES = EXPONENTS + 1;

    private Constants() {}

    /// Entry `exponent` of [#POWERS].
    public static float power(int exponent) {
        return Math.scalb(1f, Math.max(exponent, 1) - 134);
    }
}
