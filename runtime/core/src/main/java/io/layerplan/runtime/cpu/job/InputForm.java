package io.layerplan.runtime.cpu.job;

/// What the products of a launch read of an input.
public enum InputForm {
    /// Rows of floats, however many tokens there are.
    ROWS,
    /// Floats, which are packed for many tokens.
    FLOATS,
    /// Floats that went through 8-bit integers, packed for many tokens.
    QUANTISED,
    /// Codes of 8 bits with their scales, packed for many tokens.
    CODES
}
