package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.PartialAttention;
import io.layerplan.runtime.kernel.QueryRows;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Attention of rows of queries in register tiles: their products with 64 keys at a time, the softmax of each row,
/// then the weighted sums of 64 values at a time. Every key and value goes through all rows while it is in a cache. A
/// row is the same alone and among others: what it does not see has weight 0.
final class VectorAttention {
    private static final int BLOCK = KeyValueBlocks.POSITIONS;
    private static final int TILE = 6;

    private VectorAttention() {}

    /// As `RowKernels.attend` has it.
    static void attend(
            QueryRows queries,
            int position,
            KeyValueBlocks blocks,
            int head,
            int from,
            int to,
            int window,
            float scale,
            PartialAttention y,
            int yRow,
            Scratch scratch) {
        int end = Math.min(to, position + queries.tokens());
        int start = Math.max(from, firstVisible(position, window) / BLOCK * BLOCK);
        if (start >= end) {
            return;
        }
        int rows = queries.count();
        int stride = Math.ceilDiv(end - from, BLOCK) * BLOCK;
        float[] scores = scores(queries, blocks, head, from, start, end, stride, scratch);
        float[] totals = scratch.floats(Use.LANES, 2 * rows);
        for (int row = 0; row < rows; row++) {
            int token = position + queries.token(row);
            int first = Math.clamp(firstVisible(token, window), from, end) - from;
            int last = Math.max(first, Math.min(end, token + 1) - from);
            softmax(scores, row * stride, first, last, stride, scale, totals, 2 * row);
        }
        int width = Tiles.padded(blocks.headSize());
        float[] sums = weighted(scores, rows, stride, blocks, head, from, start, end, scratch);
        for (int row = 0; row < rows; row++) {
            merge(sums, row * width, totals[2 * row], totals[2 * row + 1], y, yRow + row, width);
        }
    }

    private static int firstVisible(int position, int window) {
        return window == 0 ? 0 : Math.max(0, position - window + 1);
    }

    /// Five rows that six leave over go through a tile of six too.
    private static int padded(int rows) {
        return rows % TILE == TILE - 1 ? rows + 1 : rows;
    }

    /// The products of all rows with the keys of the positions `start .. end - 1`, rows of `stride` from `from` on.
    private static float[] scores(
            QueryRows queries,
            KeyValueBlocks blocks,
            int head,
            int from,
            int start,
            int end,
            int stride,
            Scratch scratch) {
        int size = blocks.headSize();
        int rows = queries.count();
        int padded = padded(rows);
        float[] packed = scratch.floats(Use.INPUT, padded * size);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(queries.x(), queries.offset(row, size), packed, row * size, size);
        }
        Arrays.fill(packed, rows * size, padded * size, 0);
        float[] scores = scratch.floats(Use.SCORES, padded * stride);
        Arrays.fill(scores, 0, padded * stride, 0);
        for (int p = start; p < end; p += BLOCK) {
            float[] keys = blocks.keys(p / BLOCK, head, scratch);
            int at = blocks.keyOffset(head);
            Tiles.multiply(padded, BLOCK, size, packed, 0, size, keys, at, BLOCK, scores, p - from, stride);
        }
        return scores;
    }

    /// The values of the positions `start .. end - 1`, weighted by the rows of `weights`.
    private static float[] weighted(
            float[] weights,
            int rows,
            int stride,
            KeyValueBlocks blocks,
            int head,
            int from,
            int start,
            int end,
            Scratch scratch) {
        int padded = padded(rows);
        int width = Tiles.padded(blocks.headSize());
        float[] sums = scratch.floats(Use.WEIGHTED_VALUES, padded * width);
        Arrays.fill(sums, 0, padded * width, 0);
        for (int p = start; p < end; p += BLOCK) {
            int depth = Math.min(BLOCK, end - p);
            float[] values = blocks.values(p / BLOCK, head, depth, scratch);
            int at = blocks.valueOffset(head);
            Tiles.multiply(
                    padded, width, depth, weights, p - from, stride, values, at, blocks.valueStride(), sums, 0, width);
        }
        return sums;
    }

    /// Adds a part to row `row` of `y`, as [PartialAttention] has it.
    ///
    /// @param x     the part's weighted values, `size` elements from `xOffset`
    /// @param total of its weights; 0 adds nothing
    static void merge(float[] x, int xOffset, float largest, float total, PartialAttention y, int row, int size) {
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
        float mine = Exponential.of(y.largest(row) - most);
        float theirs = Exponential.of(largest - most);
        VectorElementwise.scale(mine, y.values(), at, size, y.values(), at);
        VectorElementwise.addScaled(theirs, x, xOffset, size, y.values(), at);
        y.set(row, most, Math.fma(theirs, total, mine * y.total(row)));
    }

    /// Replaces the scores `from .. to - 1` of a row of `size` by `e^(scale · score - largest)` and the others by 0;
    /// puts the largest and the sum of the row into `totals`.
    private static void softmax(
            float[] scores, int offset, int from, int to, int size, float scale, float[] totals, int totalsOffset) {
        float largest = largest(scores, offset + from, to - from) * scale;
        FloatVector shift = FloatVector.broadcast(Lanes.FLOATS, -largest);
        FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, scale);
        for (int i = from / Lanes.COUNT * Lanes.COUNT; i < to; i += Lanes.COUNT) {
            FloatVector z = FloatVector.fromArray(Lanes.FLOATS, scores, offset + i)
                    .fma(factor, shift)
                    .min(0)
                    .max(Exponential.LEAST);
            FloatVector shifted = z.fma(
                    FloatVector.broadcast(Lanes.FLOATS, Exponential.LOG2_E),
                    FloatVector.broadcast(Lanes.FLOATS, Exponential.ROUND));
            FloatVector n = shifted.sub(Exponential.ROUND);
            FloatVector r = n.fma(FloatVector.broadcast(Lanes.FLOATS, Exponential.LN2_HIGH), z);
            r = n.fma(FloatVector.broadcast(Lanes.FLOATS, Exponential.LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(Lanes.FLOATS, Exponential.P0)
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P1))
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P2))
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P3))
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P4))
                    .fma(r, FloatVector.broadcast(Lanes.FLOATS, Exponential.P5));
            FloatVector e = p.fma(r.mul(r), r).add(1);
            FloatVector power = shifted.reinterpretAsInts()
                    .sub(Exponential.ROUND_BITS)
                    .lanewise(LSHL, 23)
                    .reinterpretAsFloats();
            e.mul(power).intoArray(scores, offset + i);
        }
        Arrays.fill(scores, offset, offset + from, 0);
        Arrays.fill(scores, offset + to, offset + size, 0);
        totals[totalsOffset] = largest;
        totals[totalsOffset + 1] = sum(scores, offset, size);
    }

    /// A maximum is the same in whatever order it is formed.
    private static float largest(float[] x, int offset, int size) {
        FloatVector largest = FloatVector.broadcast(Lanes.FLOATS, Float.NEGATIVE_INFINITY);
        int whole = size / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            largest = FloatVector.fromArray(Lanes.FLOATS, x, offset + i).max(largest);
        }
        float result = largest.reduceLanes(MAX);
        for (int i = whole; i < size; i++) {
            result = Math.max(result, x[offset + i]);
        }
        return result;
    }

    private static float sum(float[] x, int offset, int size) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < size; i += Lanes.COUNT) {
            sum = FloatVector.fromArray(Lanes.FLOATS, x, offset + i).add(sum);
        }
        float[] lanes = new float[Lanes.COUNT];
        sum.intoArray(lanes, 0);
        return Lanes.sum(lanes, 0);
    }
}
