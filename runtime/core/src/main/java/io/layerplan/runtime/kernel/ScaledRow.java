package io.layerplan.runtime.kernel;

/// A row of activations times a power of two, for products with codes that are taken as floats just as their bits are:
/// a code of `n` is then `2^-149 · n`, and the activations have to be large, or nothing would be left of a product.
/// Room that is used again for row after row.
public final class ScaledRow {
    /// Elements of a block.
    public static final int BLOCK = 32;

    /// Elements behind the sums that may be used while they are formed.
    public static final int ROOM = 16;

    private float[] values = new float[0];
    private float[] sums = new float[0];
    private float rest = 1;

    /// Makes room for `size` elements, whole blocks.
    public void reserve(int size) {
        if (values.length < size) {
            values = new float[size];
            sums = new float[size / BLOCK + ROOM];
        }
    }

    /// The activations times `2^s`, with `s` such that the largest ones come near to the largest floats, but at most
    /// 127.
    public float[] values() {
        return values;
    }

    /// For each block, the sum of its values times `2^-149`.
    public float[] sums() {
        return sums;
    }

    /// What is missing in sums of values times `2^-149`, times `2^22`: `2^(127 - s)`.
    public float rest() {
        return rest;
    }

    /// @param power `2^(127 - s)`
    public void setRest(float power) {
        rest = power;
    }

    /// Bytes held.
    public long bytes() {
        return 4L * (values.length + sums.length);
    }
}
