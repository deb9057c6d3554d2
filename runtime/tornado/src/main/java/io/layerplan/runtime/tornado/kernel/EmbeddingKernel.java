package io.layerplan.runtime.tornado.kernel;

import io.layerplan.runtime.tornado.task.EmbeddingLayout;
import io.layerplan.runtime.tornado.task.MapLayout;
import io.layerplan.runtime.tornado.task.StateLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// `y[t] = scale · table[token[t]]`: a work item decodes one unit of a row. For each format there is a loop of one turn
/// or none.
public final class EmbeddingKernel {
    /// Work items of a workgroup.
    public static final int GROUP = EmbeddingLayout.GROUP_UNITS;

    private EmbeddingKernel() {}

    /// @param table where in `state` the place of the task's table is
    /// @param ids   where in `state` the token ids begin
    public static void embed(
            KernelContext context,
            IntArray state,
            IntArray tasks,
            IntArray words,
            FloatArray floats,
            FloatArray buffers,
            int table,
            int ids) {
        int start = state.get(table);
        int entry = start + context.groupIdx * MapLayout.SIZE;
        int job = start + tasks.get(entry + MapLayout.JOB);
        int t = context.groupIdy;
        int rows = state.get(StateLayout.TOKENS + tasks.get(job + EmbeddingLayout.ROWS));
        int skipped = state.get(StateLayout.TOKENS) - rows;
        int count = t < rows ? tasks.get(entry + MapLayout.COUNT) : 0;
        int used = context.localIdx < count ? 1 : 0;
        int u = tasks.get(entry + MapLayout.FIRST) + context.localIdx;
        int row = state.get(ids + (t + skipped) * used);
        float factor = floats.get(tasks.get(job + EmbeddingLayout.SCALE));
        int units = tasks.get(job + EmbeddingLayout.UNITS);
        int blocks = tasks.get(job + EmbeddingLayout.BLOCKS);
        int a = tasks.get(job + EmbeddingLayout.A);
        int b = tasks.get(job + EmbeddingLayout.B);
        int c = tasks.get(job + EmbeddingLayout.C);
        int d = tasks.get(job + EmbeddingLayout.D);
        int y = tasks.get(job + EmbeddingLayout.Y) + t * tasks.get(job + EmbeddingLayout.STRIDE);
        int f32 = used * tasks.get(job + EmbeddingLayout.FORMATS);
        int f16 = used * tasks.get(job + EmbeddingLayout.FORMATS + 1);
        int q80 = used * tasks.get(job + EmbeddingLayout.FORMATS + 2);
        int q40 = used * tasks.get(job + EmbeddingLayout.FORMATS + 3);
        int q50 = used * tasks.get(job + EmbeddingLayout.FORMATS + 4);
        int q4k = used * tasks.get(job + EmbeddingLayout.FORMATS + 5);
        int q6k = used * tasks.get(job + EmbeddingLayout.FORMATS + 6);
        for (int pass = 0; pass < f32; pass++) {
            buffers.set(y + u, factor * floats.get(a + row * units + u));
        }
        for (int pass = 0; pass < f16; pass++) {
            int word = words.get(a + row * units + u);
            for (int k = 0; k < 2; k++) {
                int half = word >> (16 * k);
                int power = (half >> 10) & 31;
                float value =
                        ((half & 1023) + Math.min(power, 1) * 1024) * floats.get(power) * (1 - ((half >> 14) & 2));
                buffers.set(y + 2 * u + k, factor * value);
            }
        }
        for (int pass = 0; pass < q80; pass++) {
            int word = words.get(a + row * units + u);
            int block = row * blocks + u / 8;
            int half = words.get(d + block / 2) >> (16 * (block & 1));
            int power = (half >> 10) & 31;
            float scale = ((half & 1023) + Math.min(power, 1) * 1024) * floats.get(power) * (1 - ((half >> 14) & 2));
            for (int k = 0; k < 4; k++) {
                buffers.set(y + 4 * u + k, factor * scale * ((word << (24 - 8 * k)) >> 24));
            }
        }
        for (int pass = 0; pass < q40; pass++) {
            int word = words.get(a + row * units + u);
            int block = row * blocks + u / 4;
            int half = words.get(d + block / 2) >> (16 * (block & 1));
            int power = (half >> 10) & 31;
            float scale = ((half & 1023) + Math.min(power, 1) * 1024) * floats.get(power) * (1 - ((half >> 14) & 2));
            int at = y + 32 * (u / 4) + 4 * (u & 3);
            for (int k = 0; k < 4; k++) {
                buffers.set(at + k, factor * scale * (((word >> (8 * k)) & 15) - 8));
                buffers.set(at + 16 + k, factor * scale * (((word >> (8 * k + 4)) & 15) - 8));
            }
        }
        for (int pass = 0; pass < q50; pass++) {
            int word = words.get(a + row * units + u);
            int block = row * blocks + u / 4;
            int half = words.get(d + block / 2) >> (16 * (block & 1));
            int power = (half >> 10) & 31;
            float scale = ((half & 1023) + Math.min(power, 1) * 1024) * floats.get(power) * (1 - ((half >> 14) & 2));
            int bits = words.get(b + block) >> (4 * (u & 3));
            int at = y + 32 * (u / 4) + 4 * (u & 3);
            for (int k = 0; k < 4; k++) {
                int low = ((word >> (8 * k)) & 15) + 16 * ((bits >> k) & 1) - 16;
                int high = ((word >> (8 * k + 4)) & 15) + 16 * ((bits >> (16 + k)) & 1) - 16;
                buffers.set(at + k, factor * scale * low);
                buffers.set(at + 16 + k, factor * scale * high);
            }
        }
        for (int pass = 0; pass < q4k; pass++) {
            int block = a + (row * blocks + u / 32) * 36;
            int pair = (u & 31) / 8;
            int word = words.get(block + 4 + (u & 31));
            int halves = words.get(block);
            int power = (halves >> 10) & 31;
            float scale =
                    ((halves & 1023) + Math.min(power, 1) * 1024) * floats.get(power) * (1 - ((halves >> 14) & 2));
            int power2 = (halves >> 26) & 31;
            float minimum = (((halves >> 16) & 1023) + Math.min(power2, 1) * 1024)
                    * floats.get(power2)
                    * (1 - ((halves >> 30) & 2));
            int shift = 16 * (pair & 1);
            int s0 = words.get(block + 1) >> shift;
            int s1 = words.get(block + 2) >> shift;
            int s2 = words.get(block + 3) >> shift;
            int upper = pair / 2;
            int lower = 1 - upper;
            int scaleLow = lower * (s0 & 63) + upper * ((s2 & 15) + 16 * ((s0 >> 6) & 3));
            int scaleHigh = lower * ((s0 >> 8) & 63) + upper * (((s2 >> 8) & 15) + 16 * ((s0 >> 14) & 3));
            int minLow = lower * (s1 & 63) + upper * (((s2 >> 4) & 15) + 16 * ((s1 >> 6) & 3));
            int minHigh = lower * ((s1 >> 8) & 63) + upper * (((s2 >> 12) & 15) + 16 * ((s1 >> 14) & 3));
            int at = y + 256 * (u / 32) + 64 * pair + 4 * (u & 7);
            for (int k = 0; k < 4; k++) {
                buffers.set(at + k, factor * (scale * scaleLow * ((word >> (8 * k)) & 15) - minimum * minLow));
                buffers.set(
                        at + 32 + k, factor * (scale * scaleHigh * ((word >> (8 * k + 4)) & 15) - minimum * minHigh));
            }
        }
        for (int pass = 0; pass < q6k; pass++) {
            int block = row * blocks + u / 32;
            int w = u & 31;
            int side = w / 16;
            int word = words.get(a + row * units + u);
            int highs = words.get(b + block * 16 + 8 * side + (w & 7)) >> (2 * ((w & 15) / 8));
            int half = words.get(d + block / 2) >> (16 * (block & 1));
            int power = (half >> 10) & 31;
            float scale = ((half & 1023) + Math.min(power, 1) * 1024) * floats.get(power) * (1 - ((half >> 14) & 2));
            int part = 8 * side + (w & 15) / 4;
            int scaleLow = (words.get(c + block * 4 + part / 4) << (24 - 8 * (part & 3))) >> 24;
            int part2 = part + 4;
            int scaleHigh = (words.get(c + block * 4 + part2 / 4) << (24 - 8 * (part2 & 3))) >> 24;
            int at = y + 256 * (u / 32) + 128 * side + 4 * (w & 15);
            for (int k = 0; k < 4; k++) {
                int low = ((word >> (8 * k)) & 15) + 16 * ((highs >> (8 * k)) & 3) - 32;
                int high = ((word >> (8 * k + 4)) & 15) + 16 * ((highs >> (8 * k + 4)) & 3) - 32;
                buffers.set(at + k, factor * scale * scaleLow * low);
                buffers.set(at + 64 + k, factor * scale * scaleHigh * high);
            }
        }
    }
}
