package io.layerplan.runtime.tornado.task;

/// A job of a projection task as integers; its terms follow, each as in [TermLayout].
public final class JobLayout {
    /// 0 for a row for each token, 1 for a row for each output.
    public static final int ROWS = 0;

    public static final int TERMS = 1;

    /// How the terms become one value: [#SUM] and so on.
    public static final int COMBINATION = 2;

    /// Which array the result goes to: [#BUFFERS] and so on.
    public static final int TARGET = 3;

    /// Where the result's row 0 begins in that array; for keys and values, where the slot begins.
    public static final int Y = 4;

    /// Elements from one row to the next.
    public static final int STRIDE = 5;

    /// 1 where every head is normalised.
    public static final int HEAD_NORMED = 6;

    public static final int HEAD_GAIN = 7;
    public static final int HEAD_EPSILON = 8;

    /// How many pairs of a head are turned; 0 for none.
    public static final int PAIRS = 9;

    /// 1 where neighbours are a pair, 0 where halves are.
    public static final int ADJACENT = 10;

    /// Where the angles of the rope begin.
    public static final int ANGLES = 11;

    public static final int SIZE = 12;

    /// `Σ terms`
    public static final int SUM = 0;

    /// `silu(term_1) · term_2`, or `silu(term_1)`
    public static final int SILU = 1;

    /// `gelu(term_1) · term_2`, or `gelu(term_1)`
    public static final int GELU = 2;

    /// `term_1 · term_2`
    public static final int MULTIPLY = 3;

    public static final int BUFFERS = 0;
    public static final int CACHE = 1;
    public static final int LOGITS = 2;

    private JobLayout() {}
}
