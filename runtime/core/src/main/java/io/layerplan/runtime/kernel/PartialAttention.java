package io.layerplan.runtime.kernel;

import java.util.Arrays;

/// Attention over some of the positions, for rows of query heads: of each row the largest score `m`, the total
/// `l = Σ_p e^(s_p - m)` of the weights and the weighted values `v = Σ_p e^(s_p - m) V_p`. Two parts become one as in
/// the online softmax (arXiv 1805.02867):
/// ```
/// m = max(m₁, m₂)   l = e^(m₁ - m) l₁ + e^(m₂ - m) l₂   v = e^(m₁ - m) v₁ + e^(m₂ - m) v₂
/// ```
/// A row that has seen no position has a total of 0. The result of attention is `v / l`.
public final class PartialAttention {
    private float[] values = new float[0];
    private float[] largest = new float[0];
    private float[] totals = new float[0];
    private int stride;

    /// Makes room for `rows` rows of at least `stride` elements. What rows hold may be lost; rows of other shapes that
    /// room was made for before still have it.
    public void reserve(int rows, int stride) {
        this.stride = Math.max(this.stride, stride);
        if (totals.length < rows) {
            largest = new float[rows];
            totals = new float[rows];
        }
        int size = Math.multiplyExact(totals.length, this.stride);
        if (values.length < size) {
            values = new float[size];
        }
    }

    /// Makes rows `from .. from + count - 1` rows that have seen nothing.
    public void clear(int from, int count) {
        Arrays.fill(totals, from, from + count, 0);
    }

    /// The weighted values: those of a row from [#offset] on.
    public float[] values() {
        return values;
    }

    public int offset(int row) {
        return row * stride;
    }

    /// The largest score of a row; meaningless where it has seen nothing.
    public float largest(int row) {
        return largest[row];
    }

    /// The total of a row's weights.
    public float total(int row) {
        return totals[row];
    }

    /// Notes what belongs to a row's values.
    public void set(int row, float largest, float total) {
        this.largest[row] = largest;
        this.totals[row] = total;
    }

    /// Bytes held.
    public long bytes() {
        return 4L * (values.length + largest.length + totals.length);
    }
}
