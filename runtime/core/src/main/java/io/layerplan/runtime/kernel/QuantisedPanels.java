package io.layerplan.runtime.kernel;

/// Activations of many tokens as the `q8` mode takes them into products, packed by
/// [RowKernels#pack(float[], int, int, int, int, int, QuantisedPanels)]. How they lie is up to the kernels. Room that
/// is used again.
public final class QuantisedPanels {
    private int[] pairs = new int[0];
    private float[] scales = new float[0];
    private float[] negatedSums = new float[0];

    /// Makes room, before tokens are packed by several workers.
    ///
    /// @param tokens  as many as [RowKernels#packedTokens] says
    /// @param columns whole blocks
    public void reserve(int tokens, int columns) {
        int size = Math.multiplyExact(tokens, columns);
        if (pairs.length < size / 2) {
            pairs = new int[size / 2];
            scales = new float[size / QuantisedRow.BLOCK];
            negatedSums = new float[size / QuantisedRow.BLOCK];
        }
    }

    /// Codes of neighbouring columns of a token as the halves of a number, the first of them low.
    public int[] pairs() {
        return pairs;
    }

    /// The scale of each block of a token.
    public float[] scales() {
        return scales;
    }

    /// What is left of zero when a block's elements are taken away, which is what minima of a weight are multiplied by.
    public float[] negatedSums() {
        return negatedSums;
    }

    /// Bytes held.
    public long bytes() {
        return 4L * (pairs.length + scales.length + negatedSums.length);
    }

    /// Bytes that so many elements take.
    public static long bytes(long elements) {
        return elements / 2 * Integer.BYTES + 2 * (elements / QuantisedRow.BLOCK) * Float.BYTES;
    }
}
