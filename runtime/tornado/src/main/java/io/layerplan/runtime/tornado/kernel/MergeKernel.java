package io.layerplan.runtime.tornado.kernel;

import io.layerplan.runtime.tornado.task.AttentionLayout;
import io.layerplan.runtime.tornado.task.MapLayout;
import io.layerplan.runtime.tornado.task.MergeLayout;
import io.layerplan.runtime.tornado.task.StateLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Adds up the spans of one query head and one token, each of which has left its largest score `m`, its sum of weights
/// `l` and its weighted values `v` ([AttentionLayout]): `y = Σ_s e^(m_s − m) v_s / Σ_s e^(m_s − m) l_s`, with `m` the
/// largest of all. A span without positions has `l = 0` and `v = 0`.
public final class MergeKernel {
    private static final float LEAST = -3.0e38f;

    private MergeKernel() {}

    /// @param slot    one integer: where in `state` the place of the task's table is
    public static void merge(KernelContext context, IntArray slot, IntArray state, IntArray tasks, FloatArray buffers) {
        int item = context.localIdx + context.localIdy * context.localGroupSizeX;
        int items = context.localGroupSizeX * context.localGroupSizeY;
        int start = state.get(slot.get(0));
        int entry = start + context.groupIdx * MapLayout.SIZE;
        int job = start + tasks.get(entry + MapLayout.JOB);
        int head = tasks.get(entry + MapLayout.FIRST);
        int t = context.groupIdy;
        int rows = state.get(StateLayout.TOKENS + tasks.get(job + MergeLayout.ROWS));
        int count = t < rows ? tasks.get(entry + MapLayout.COUNT) : 0;
        int size = tasks.get(job + MergeLayout.HEAD);
        int elements = count > 0 ? size : 0;
        int spans = count > 0 ? tasks.get(job + MergeLayout.SPANS) : 0;
        int partial = size + AttentionLayout.PARTIAL_VALUES;
        int first = tasks.get(job + MergeLayout.PARTIALS)
                + t * tasks.get(job + MergeLayout.STRIDE)
                + head * spans * partial;
        int y = tasks.get(job + MergeLayout.Y) + t * tasks.get(job + MergeLayout.Y_STRIDE) + head * size;
        float maximum = LEAST;
        for (int s = 0; s < spans; s++) {
            maximum = TornadoMath.max(maximum, buffers.get(first + s * partial));
        }
        float total = 0.0f;
        for (int s = 0; s < spans; s++) {
            int at = first + s * partial;
            total += TornadoMath.exp(buffers.get(at) - maximum) * buffers.get(at + 1);
        }
        for (int i = item; i < elements; i += items) {
            float sum = 0.0f;
            for (int s = 0; s < spans; s++) {
                int at = first + s * partial;
                sum += TornadoMath.exp(buffers.get(at) - maximum)
                        * buffers.get(at + AttentionLayout.PARTIAL_VALUES + i);
            }
            buffers.set(y + i, sum / total);
        }
    }
}
