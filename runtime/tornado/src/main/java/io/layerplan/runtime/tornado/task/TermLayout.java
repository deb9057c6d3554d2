package io.layerplan.runtime.tornado.task;

/// A term of a job as integers: `weight · (matrix · (gain ⊙ x / √(mean(x²) + epsilon)) + bias)`, or the same without
/// the matrix. Offsets are elements of the array that holds the thing; gains, biases and constants are in the array of
/// floats.
public final class TermLayout {
    public static final int KIND = 0;

    /// Where row 0 of `x` begins in the buffers.
    public static final int X = 1;

    /// Elements from one row of `x` to the next.
    public static final int STRIDE = 2;

    /// 1 where `x` has a row for each token and the result one for each output.
    public static final int SKIPS = 3;

    /// Elements of a row of `x`.
    public static final int WIDTH = 4;

    /// 1 where `x` is normalised.
    public static final int NORMED = 5;

    /// The norm's gain; ones where there is no norm.
    public static final int GAIN = 6;

    public static final int EPSILON = 7;
    public static final int WEIGHT = 8;

    /// 1 where there is a bias; 0 with an offset at which there is a zero.
    public static final int BIASED = 9;

    public static final int BIAS = 10;

    /// Units of a row: what a work item reads at a time.
    public static final int UNITS = 11;

    /// Blocks of a row.
    public static final int BLOCKS = 12;

    /// Where the matrix begins, in four planes as its format has them (see [DeviceFormat]).
    public static final int A = 13;

    public static final int B = 14;
    public static final int C = 15;
    public static final int D = 16;

    /// The units again at the place of the matrix's format, and 0 at the places of all others: a kernel has a loop for
    /// each format, of which one runs. (TornadoVM 5.2 makes a switch of a chain of comparisons and loses its result.)
    public static final int F32 = 17;

    public static final int F16 = 18;
    public static final int Q8_0 = 19;
    public static final int Q4_0 = 20;
    public static final int Q5_0 = 21;
    public static final int Q4_K = 22;
    public static final int Q6_K = 23;

    public static final int SIZE = 24;

    /// A row as it is, or normalised.
    public static final int ROW = 0;

    /// A product with a matrix.
    public static final int PRODUCT = 1;

    private TermLayout() {}
}
