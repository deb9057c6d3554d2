package io.layerplan.runtime.kernel;

/// A weight whose products take one token's activations as 8-bit integers, and those of many tokens as floats that went
/// through them, [RowKernels#quantize]. Given a row of floats for one token, it quantises that.
public interface QuantisedMatrixKernel extends MatrixKernel {
    /// `y[yOffset + r] = Σ_c weight[r, c] · x[c]` for the rows `from .. to - 1`.
    void multiply(int from, int to, QuantisedRow x, float[] y, int yOffset, Scratch scratch);
}
