package io.layerplan.runtime.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;

import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.Scratch.Use;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Attention of one query head in register tiles: six tokens at a time, their products with 64 keys, the softmax of
/// the whole row, then the weighted sum of 64 values. A token's result is the same alone and among others: what it
/// does not see has weight 0.
final class VectorAttention {
    private static final int BLOCK = KeyValueBlocks.POSITIONS;
    private static final int TOKENS_AT_A_TIME = 6;

    private VectorAttention() {}

    static void attend(
            float[] queries,
            int queriesOffset,
            int queriesStride,
            int tokens,
            int position,
            KeyValueBlocks blocks,
            int head,
            int window,
            float scale,
            float[] y,
            int yOffset,
            int yStride,
            Scratch scratch) {
        for (int first = 0; first < tokens; first += TOKENS_AT_A_TIME) {
            int count = Math.min(TOKENS_AT_A_TIME, tokens - first);
            int query = queriesOffset + first * queriesStride;
            int to = yOffset + first * yStride;
            attendSome(
                    queries,
                    query,
                    queriesStride,
                    count,
                    position + first,
                    blocks,
                    head,
                    window,
                    scale,
                    y,
                    to,
                    yStride,
                    scratch);
        }
    }

    private static int firstVisible(int position, int window) {
        return window == 0 ? 0 : Math.max(0, position - window + 1);
    }

    private static void attendSome(
            float[] queries,
            int queriesOffset,
            int queriesStride,
            int tokens,
            int position,
            KeyValueBlocks blocks,
            int head,
            int window,
            float scale,
            float[] y,
            int yOffset,
            int yStride,
            Scratch scratch) {
        int firstBlock = firstVisible(position, window) / BLOCK;
        int end = position + tokens;
        int start = firstBlock * BLOCK;
        int stride = Math.ceilDiv(end - start, BLOCK) * BLOCK;
        float[] scores = scratch.floats(Use.SCORES, tokens * stride);
        Arrays.fill(scores, 0, tokens * stride, 0);
        for (int from = start; from < end; from += BLOCK) {
            float[] keys = blocks.keys(from / BLOCK);
            int at = blocks.keyOffset(head);
            Tiles.multiply(
                    tokens,
                    BLOCK,
                    blocks.headSize(),
                    queries,
                    queriesOffset,
                    queriesStride,
                    keys,
                    at,
                    BLOCK,
                    scores,
                    from - start,
                    stride);
        }
        float[] totals = new float[TOKENS_AT_A_TIME];
        for (int t = 0; t < tokens; t++) {
            int visible = firstVisible(position + t, window) - start;
            totals[t] = softmax(scores, t * stride, visible, position + t + 1 - start, stride, scale);
        }
        int width = Tiles.padded(blocks.headSize());
        float[] sums = scratch.floats(Use.WEIGHTED_VALUES, tokens * width);
        Arrays.fill(sums, 0, tokens * width, 0);
        for (int from = start; from < end; from += BLOCK) {
            float[] values = blocks.values(from / BLOCK);
            int at = blocks.valueOffset(head);
            int depth = Math.min(BLOCK, end - from);
            Tiles.multiply(
                    tokens,
                    width,
                    depth,
                    scores,
                    from - start,
                    stride,
                    values,
                    at,
                    blocks.valueStride(),
                    sums,
                    0,
                    width);
        }
        for (int t = 0; t < tokens; t++) {
            float inverse = 1 / totals[t];
            VectorElementwise.scale(inverse, sums, t * width, blocks.headSize(), y, yOffset + t * yStride);
        }
    }

    /// Replaces the scores `from .. to - 1` of a row of `size` by `e^(scale · score - largest)` and the others by 0.
    ///
    /// @return the sum of the row
    private static float softmax(float[] scores, int offset, int from, int to, int size, float scale) {
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
        return sum(scores, offset, size);
    }

    /// A maximum is the same in whatever order it is formed.
    private static float largest(float[] x, int offset, int size) {
        FloatVector largest = FloatVector.broadcast(Lanes.FLOATS, Float.NEGATIVE_INFINITY);
        int whole = size / Lanes.COUNT * Lanes.COUNT;
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            largest = largest.max(FloatVector.fromArray(Lanes.FLOATS, x, offset + i));
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
            sum = sum.add(FloatVector.fromArray(Lanes.FLOATS, x, offset + i));
        }
        float[] lanes = new float[Lanes.COUNT];
        sum.intoArray(lanes, 0);
        return Lanes.sum(lanes, 0);
    }
}
