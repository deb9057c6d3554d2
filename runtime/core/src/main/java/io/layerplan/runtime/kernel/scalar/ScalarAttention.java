package io.layerplan.runtime.kernel.scalar;

import io.layerplan.runtime.kernel.PartialAttention;
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
        double largest = scores(query, queryOffset, heads, keys, first, stride, weights);
        double total = softmax(weights, largest);
        for (int i = 0; i < size; i++) {
            y[yOffset + i] = (float) (weighted(weights, values, first + i, stride) / total);
        }
    }

    /// The part that `count` positions have in the attention of one query head; added to what row `row` of `y` has.
    public static void addPart(
            float[] query,
            int queryOffset,
            Heads heads,
            float[] keys,
            float[] values,
            int first,
            int stride,
            int count,
            PartialAttention y,
            int row) {
        double[] weights = new double[count];
        float largest = (float) scores(query, queryOffset, heads, keys, first, stride, weights);
        float total = (float) softmax(weights, largest);
        float[] part = new float[heads.size()];
        for (int i = 0; i < part.length; i++) {
            part[i] = (float) weighted(weights, values, first + i, stride);
        }
        merge(part, 0, largest, total, y, row, part.length);
    }

    /// Adds a part to row `row` of `y`, as [PartialAttention] has it.
    ///
    /// @param x     the part's weighted values, `size` elements from `xOffset`
    /// @param total of its weights; 0 adds nothing
    public static void merge(
            float[] x, int xOffset, float largest, float total, PartialAttention y, int row, int size) {
        if (total == 0) {
            return;
        }
        int at = y.offset(row);
        if (y.total(row) == 0) {
            System.arraycopy(x, xOffset, y.values(), at, size);
            y.set(row, largest, total);
            return;
        }
        float most = Math.max(largest, y.largest(row));
        float mine = (float) Math.exp(y.largest(row) - most);
        float theirs = (float) Math.exp(largest - most);
        for (int i = 0; i < size; i++) {
            y.values()[at + i] = mine * y.values()[at + i] + theirs * x[xOffset + i];
        }
        y.set(row, most, mine * y.total(row) + theirs * total);
    }

    /// Puts the scores of the positions into `scores`, and returns the largest.
    private static double scores(
            float[] query, int queryOffset, Heads heads, float[] keys, int first, int stride, double[] scores) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < scores.length; p++) {
            scores[p] = heads.scale() * ScalarMatMul.dot(query, queryOffset, keys, first + p * stride, heads.size());
            largest = Math.max(largest, scores[p]);
        }
        return largest;
    }

    /// Replaces scores by `e^(score - largest)`, and returns their sum.
    private static double softmax(double[] scores, double largest) {
        double total = 0;
        for (int p = 0; p < scores.length; p++) {
            scores[p] = Math.exp(scores[p] - largest);
            total += scores[p];
        }
        return total;
    }

    private static double weighted(double[] weights, float[] values, int first, int stride) {
        double sum = 0;
        for (int p = 0; p < weights.length; p++) {
            sum += weights[p] * values[first + p * stride];
        }
        return sum;
    }
}
