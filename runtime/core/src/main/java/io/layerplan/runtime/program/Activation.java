package io.layerplan.runtime.program;

/// The non-linearity of a gated feed-forward.
public enum Activation {
    /// `x / (1 + e^-x)`
    SILU,
    /// `x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))`, the approximation of Hendrycks and Gimpel (arXiv 1606.08415)
    GELU_TANH
}
