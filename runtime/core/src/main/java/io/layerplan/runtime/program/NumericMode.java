package io.layerplan.runtime.program;

/// How a program's matrix products treat their activations. Each mode is defined by the scalar interpreter.
public enum NumericMode {
    /// Activations stay 32-bit floats.
    F32,
    /// Activations are quantised in blocks of 32 to 8-bit integers with a 32-bit float scale before a product with
    /// quantised weights.
    Q8
}
