package io.layerplan.runtime.kernel;

/// A weight whose products take activations as 8-bit integers. Given a row of floats for one token, it quantises that;
/// packed floats of many tokens are those that went through integers, [RowKernels#quantize].
public interface QuantisedMatrixKernel extends MatrixKernel {
    /// `y[yOffset + r] = Σ_c weight[r, c] · x[c]` for the rows `from .. to - 1`.
    void multiply(int from, int to, QuantisedRow x, float[] y, int yOffset, Scratch scratch);

    /// The same for many tokens: `y[yOffset + t · yStride + r]`, to the bit, where [RowKernels#packsCodes].
    void multiplyPacked(
            int from, int to, QuantisedPanels x, int tokens, float[] y, int yOffset, int yStride, Scratch scratch);
}
