package io.layerplan.runtime.program;

/// Activations: a matrix of `rows` x `width` 32-bit floats. Buffers are reused by values that do not live at the same
/// time.
///
/// @param id printed as `b7`
public record Buffer(int id, Rows rows, int width) {
    public Buffer {
        if (id < 0 || width < 1) {
            throw new IllegalArgumentException("buffer " + id + " of width " + width);
        }
    }

    /// What a row of a buffer stands for.
    public enum Rows {
        /// One row for each token of the batch.
        TOKENS,
        /// One row for each token whose logits were asked for: the last ones of the batch.
        OUTPUTS
    }
}
