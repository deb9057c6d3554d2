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

    /// Blocks of a row of the matrix.
    public static final int BLOCKS = 11;

    /// Words of the second plane for a row.
    public static final int SCALES = 12;

    /// Where the matrix's words begin (see [DeviceFormat]).
    public static final int A = 13;

    /// Where the scales of its second plane begin.
    public static final int D = 14;

    /// From here on an integer for each [DeviceFormat]: the rows of a tile at that of the matrix, and 0 at all others.
    /// A kernel has a loop for each format, of which one runs. (TornadoVM 5.2 makes a switch of a chain of comparisons
    /// and loses its result.)
    public static final int FORMATS = 15;

    public static final int SIZE = FORMATS + FormatCodes.COUNT;

    /// A row as it is, or normalised.
    public static final int ROW = 0;

    /// A product with a matrix.
    public static final int PRODUCT = 1;

    private TermLayout() {}
}
