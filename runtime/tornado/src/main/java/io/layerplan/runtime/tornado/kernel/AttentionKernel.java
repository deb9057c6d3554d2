package io.layerplan.runtime.tornado.kernel;

import io.layerplan.runtime.tornado.task.AttentionLayout;
import io.layerplan.runtime.tornado.task.MapLayout;
import io.layerplan.runtime.tornado.task.StateLayout;
import io.layerplan.runtime.tornado.task.TaskLowering;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Attention of one query head and one token over one span of the context in a workgroup:
/// `y = Σ_p softmax_p(scale · q · K[p]) V[p]`, or the part of it that [MergeKernel] adds up. What a token sees is cut
/// evenly into spans of whole tiles. Positions are read in tiles of [#TILE]; a running maximum and sum join them
/// (Milakov and Gimelshein, arXiv 1805.02867), so that a context of any length takes the same local memory.
public final class AttentionKernel {
    /// Positions of a tile.
    private static final int TILE = 64;

    private static final float LEAST = -3.0e38f;

    private AttentionKernel() {}

    /// @param slot    one integer: where in `state` the place of the task's table is
    public static void attend(
            KernelContext context,
            IntArray slot,
            IntArray state,
            IntArray tasks,
            FloatArray floats,
            FloatArray buffers,
            FloatArray cache) {
        float[] weights = context.allocateFloatLocalArray(TILE);
        float[] sums = context.allocateFloatLocalArray(TaskLowering.WIDEST_HEAD);
        int item = context.localIdx + context.localIdy * context.localGroupSizeX;
        int items = context.localGroupSizeX * context.localGroupSizeY;
        int start = state.get(slot.get(0));
        int entry = start + context.groupIdx * MapLayout.SIZE;
        int job = start + tasks.get(entry + MapLayout.JOB);
        int spans = Math.max(1, tasks.get(job + AttentionLayout.SPANS));
        int head = tasks.get(entry + MapLayout.FIRST) / spans;
        int span = tasks.get(entry + MapLayout.FIRST) - head * spans;
        int t = context.groupIdy;
        int rows = state.get(StateLayout.TOKENS + tasks.get(job + AttentionLayout.ROWS));
        int skipped = state.get(StateLayout.TOKENS) - rows;
        int count = t < rows ? tasks.get(entry + MapLayout.COUNT) : 0;
        int size = tasks.get(job + AttentionLayout.HEAD);
        int width = tasks.get(job + AttentionLayout.WIDTH);
        int shared = Math.max(1, tasks.get(job + AttentionLayout.SHARED));
        int window = tasks.get(job + AttentionLayout.WINDOW);
        float scale = floats.get(tasks.get(job + AttentionLayout.SCALE));
        int qRow = t + skipped * tasks.get(job + AttentionLayout.Q_SKIPS);
        int q = tasks.get(job + AttentionLayout.Q) + qRow * tasks.get(job + AttentionLayout.Q_STRIDE) + head * size;
        int y = tasks.get(job + AttentionLayout.Y) + t * tasks.get(job + AttentionLayout.Y_STRIDE) + head * size;
        int keys = tasks.get(job + AttentionLayout.KEYS) + head / shared * size;
        int values = tasks.get(job + AttentionLayout.VALUES) + head / shared * size;
        int last = state.get(StateLayout.POSITION) + t + skipped;
        int seen = window > 0 ? Math.max(0, last - window + 1) : 0;
        int tiles = (last + TILE - seen) / TILE;
        int length = (tiles + spans - 1) / spans * TILE;
        int first = seen + span * length;
        int end = count > 0 ? Math.min(last + 1, first + length) : first;
        int partial = tasks.get(job + AttentionLayout.PARTIALS)
                + t * tasks.get(job + AttentionLayout.PARTIALS_STRIDE)
                + (head * spans + span) * (size + AttentionLayout.PARTIAL_VALUES);
        int split = Math.min(1, spans - 1);
        float maximum = LEAST;
        float total = 0.0f;
        for (int i = item; i < size; i += items) {
            sums[i] = 0.0f;
        }
        for (int tile = first; tile < end; tile += TILE) {
            int positions = Math.min(TILE, end - tile);
            for (int p = item; p < positions; p += items) {
                int key = keys + (tile + p) * width;
                float dot = 0.0f;
                for (int i = 0; i < size; i++) {
                    dot += buffers.get(q + i) * cache.get(key + i);
                }
                weights[p] = dot * scale;
            }
            context.localBarrier();
            float before = maximum;
            for (int p = 0; p < positions; p++) {
                maximum = TornadoMath.max(maximum, weights[p]);
            }
            float shrink = TornadoMath.exp(before - maximum);
            context.localBarrier();
            for (int p = item; p < positions; p += items) {
                weights[p] = TornadoMath.exp(weights[p] - maximum);
            }
            context.localBarrier();
            float added = 0.0f;
            for (int p = 0; p < positions; p++) {
                added += weights[p];
            }
            total = total * shrink + added;
            for (int i = item; i < size; i += items) {
                sums[i] = sums[i] * shrink;
            }
            for (int p = 0; p < positions; p++) {
                int value = values + (tile + p) * width;
                float weight = weights[p];
                for (int i = item; i < size; i += items) {
                    sums[i] += weight * cache.get(value + i);
                }
            }
            context.localBarrier();
        }
        int elements = count > 0 ? size : 0;
        int target = y + split * (partial + AttentionLayout.PARTIAL_VALUES - y);
        float divisor = split > 0 ? 1.0f : total;
        for (int i = item; i < elements; i += items) {
            buffers.set(target + i, sums[i] / divisor);
        }
        for (int i = item; i < split * Math.min(1, count); i += items) {
            buffers.set(partial, maximum);
            buffers.set(partial + 1, total);
        }
    }
}
