package io.layerplan.runtime.kernel.scalar;

import io.layerplan.runtime.program.Heads;

/// Attention of one position (arXiv 1706.03762, grouped as in arXiv 2305.13245):
/// `y_h = Σ_p w_p V[p, h']` with `w = softmax_p(scale · q_h · K[p, h'])` and `h' = h / (queries / keyValues)`.
public final class ScalarAttention {
    private ScalarAttention() {}

    /// The first position that a token at `position` sees through a sliding window.
    ///
    /// @param window a position sees itself and the `window - 1` positions before it; 0 is all of them
    public static int firstVisible(int position, int window) {
        return window == 0 ? 0 : Math.max(0, position - window + 1);
    }

    /// All query heads of one token over the positions `from .. to - 1` of `keys` and `values`.
    ///
    /// @param queries `heads.queries() · heads.size()` elements from `queriesOffset`
    /// @param keys    rows of `heads.keyValues() · heads.size()` elements, one for each position from 0
    /// @param values  shaped as `keys`
    public static void attend(
            float[] queries,
            int queriesOffset,
            Heads heads,
            float[] keys,
            float[] values,
            int from,
            int to,
            float[] y,
            int yOffset) {
        int size = heads.size();
        int stride = heads.keyValues() * size;
        int group = heads.queries() / heads.keyValues();
        for (int head = 0; head < heads.queries(); head++) {
            int first = from * stride + head / group * size;
            attendHead(
                    queries,
                    queriesOffset + head * size,
                    heads,
                    keys,
                    values,
                    first,
                    stride,
                    to - from,
                    y,
                    yOffset + head * size);
        }
    }

    /// One query head over `count` positions, whose keys and values of the head start at `first` and are `stride`
    /// apart.
    public static void attendHead(
            float[] query,
            int queryOffset,
            Heads heads,
            float[] keys,
            float[] values,
            int first,
            int stride,
            int count,
            float[] y,
            int yOffset) {
        int size = heads.size();
        double[] weights = new double[count];
        double largest = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < count; p++) {
            weights[p] = heads.scale() * ScalarMatMul.dot(query, queryOffset, keys, first + p * stride, size);
            largest = Math.max(largest, weights[p]);
        }
        double total = 0;
        for (int p = 0; p < count; p++) {
            weights[p] = Math.exp(weights[p] - largest);
            total += weights[p];
        }
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int p = 0; p < count; p++) {
                sum += weights[p] * values[first + p * stride + i];
            }
            y[yOffset + i] = (float) (sum / total);
        }
    }
}
