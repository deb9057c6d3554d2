package io.layerplan.runtime.tornado.kernel;

import io.layerplan.runtime.tornado.task.AttentionLayout;
import io.layerplan.runtime.tornado.task.MapLayout;
import io.layerplan.runtime.tornado.task.StateLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Attention of one query head and one token in a workgroup: `y = Σ_p softmax_p(scale · q · K[p]) V[p]`. Positions are
/// read in tiles of [#GROUP]; a running maximum and sum join them (Milakov and Gimelshein, arXiv 1805.02867), so that a
/// context of any length takes the same local memory.
public final class AttentionKernel {
    /// Work items of a workgroup, and positions of a tile.
    public static final int GROUP = 128;

    /// Positions that one work item looks through for the largest product.
    private static final int PART = 16;

    private static final float LEAST = -3.0e38f;

    private AttentionKernel() {}

    /// @param table where in `state` the place of the task's table is
    public static void attend(
            KernelContext context,
            IntArray state,
            IntArray tasks,
            FloatArray floats,
            FloatArray buffers,
            FloatArray cache,
            int table) {
        float[] weights = context.allocateFloatLocalArray(GROUP);
        float[] largest = context.allocateFloatLocalArray(GROUP / PART);
        float[] sums = context.allocateFloatLocalArray(ProjectionKernel.WIDEST_HEAD);
        int item = context.localIdx;
        int parts = context.localGroupSizeX / PART;
        int start = state.get(table);
        int entry = start + context.groupIdx * MapLayout.SIZE;
        int job = start + tasks.get(entry + MapLayout.JOB);
        int head = tasks.get(entry + MapLayout.FIRST);
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
        int first = window > 0 ? Math.max(0, last - window + 1) : 0;
        int end = count > 0 ? last + 1 : first;
        float maximum = LEAST;
        float total = 0.0f;
        for (int i = item; i < size; i += GROUP) {
            sums[i] = 0.0f;
        }
        for (int tile = first; tile < end; tile += GROUP) {
            int p = tile + item;
            float product = LEAST;
            if (p < end) {
                float dot = 0.0f;
                for (int i = 0; i < size; i++) {
                    dot += buffers.get(q + i) * cache.get(keys + p * width + i);
                }
                product = dot * scale;
            }
            weights[item] = product;
            context.localBarrier();
            if (item < parts) {
                float best = LEAST;
                for (int i = 0; i < PART; i++) {
                    best = TornadoMath.max(best, weights[item * PART + i]);
                }
                largest[item] = best;
            }
            context.localBarrier();
            float before = maximum;
            for (int i = 0; i < parts; i++) {
                maximum = TornadoMath.max(maximum, largest[i]);
            }
            float shrink = TornadoMath.exp(before - maximum);
            weights[item] = p < end ? TornadoMath.exp(product - maximum) : 0.0f;
            context.localBarrier();
            int positions = Math.min(GROUP, end - tile);
            float added = 0.0f;
            for (int i = 0; i < positions; i++) {
                added += weights[i];
            }
            total = total * shrink + added;
            for (int i = item; i < size; i += GROUP) {
                float sum = 0.0f;
                for (int j = 0; j < positions; j++) {
                    sum += weights[j] * cache.get(values + (tile + j) * width + i);
                }
                sums[i] = sums[i] * shrink + sum;
            }
            context.localBarrier();
        }
        int elements = count > 0 ? size : 0;
        for (int i = item; i < elements; i += GROUP) {
            buffers.set(y + i, sums[i] / total);
        }
    }
}
