package io.layerplan.runtime.kernel;

/// A weight made ready for products, specialised for its format when a program is loaded. An element of a result is
/// computed in the same way whatever range of rows is asked for, so that the split into units changes no bit.
public interface MatrixKernel {
    int rows();

    int columns();

    /// `y[yOffset + r] = Σ_c weight[r, c] · x[xOffset + c]` for the rows `from .. to - 1`.
    void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch);

    /// The same for many tokens: `y[yOffset + t · yStride + r]`, from activations packed by [RowKernels#pack].
    ///
    /// @param panels from `panelsOffset` on
    void multiplyPacked(
            int from,
            int to,
            float[] panels,
            int panelsOffset,
            int tokens,
            float[] y,
            int yOffset,
            int yStride,
            Scratch scratch);

    /// Decodes row `row` into `columns()` floats.
    void decode(int row, float[] y, int yOffset, Scratch scratch);
}
