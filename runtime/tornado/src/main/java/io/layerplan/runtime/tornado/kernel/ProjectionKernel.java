package io.layerplan.runtime.tornado.kernel;

import io.layerplan.runtime.tornado.task.JobLayout;
import io.layerplan.runtime.tornado.task.MapLayout;
import io.layerplan.runtime.tornado.task.StateLayout;
import io.layerplan.runtime.tornado.task.TaskLowering;
import io.layerplan.runtime.tornado.task.TermLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Everything that computes rows from rows, attention aside: `y = heads(combine(term_1, term_2, …))`, where a term is a
/// product, a normalised row or a plain one. A workgroup computes some neighbouring elements of one row of `y`, which
/// for a product are rows of its matrix: [#LANES] work items share one of them, [#ROWS] are computed at a time.
///
/// One method, without helpers or early returns: what TornadoVM lowers rightly.
public final class ProjectionKernel {
    /// Work items that share an element of the result.
    public static final int LANES = 32;

    /// Elements of the result that are computed between two barriers.
    public static final int ROWS = 16;

    /// Work items of a workgroup.
    public static final int GROUP = 128;

    /// Partial sums that every work item adds up by itself.
    private static final int PARTS = 8;

    /// The most elements of a head that has an epilogue.
    public static final int WIDEST_HEAD = TaskLowering.WIDEST_HEAD;

    private ProjectionKernel() {}

    /// @param state   see [StateLayout]
    /// @param tasks   the tables of all tasks, see [MapLayout] and [JobLayout]
    /// @param words   quantised weights
    /// @param floats  32-bit weights, gains, biases and constants
    /// @param buffers activations
    /// @param cache   keys and values
    /// @param angles  cosines and sines of the batch's positions
    /// @param logits  the result
    /// @param table   where in `state` the place of the task's table is
    public static void project(
            KernelContext context,
            IntArray state,
            IntArray tasks,
            IntArray words,
            FloatArray floats,
            FloatArray buffers,
            FloatArray cache,
            FloatArray angles,
            FloatArray logits,
            int table) {
        float[] partial = context.allocateFloatLocalArray(ROWS * LANES);
        float[] result = context.allocateFloatLocalArray(WIDEST_HEAD);
        float[] parts = context.allocateFloatLocalArray(PARTS);
        int item = context.localIdx;
        int items = context.localGroupSizeX;
        int lane = item & (LANES - 1);
        int team = item / LANES;
        int start = state.get(table);
        int entry = start + context.groupIdx * MapLayout.SIZE;
        int job = start + tasks.get(entry + MapLayout.JOB);
        int first = tasks.get(entry + MapLayout.FIRST);
        int t = context.groupIdy;
        int rows = state.get(StateLayout.TOKENS + tasks.get(job + JobLayout.ROWS));
        int skipped = state.get(StateLayout.TOKENS) - rows;
        int count = t < rows ? tasks.get(entry + MapLayout.COUNT) : 0;
        int terms = tasks.get(job + JobLayout.TERMS);
        int combination = tasks.get(job + JobLayout.COMBINATION);
        for (int chunk = 0; chunk < count; chunk += ROWS) {
            int chunkRows = Math.min(ROWS, count - chunk);
            for (int number = 0; number < terms; number++) {
                int term = job + JobLayout.SIZE + number * TermLayout.SIZE;
                int kind = tasks.get(term + TermLayout.KIND);
                int width = tasks.get(term + TermLayout.WIDTH);
                int xRow = t + skipped * tasks.get(term + TermLayout.SKIPS);
                int x = tasks.get(term + TermLayout.X) + xRow * tasks.get(term + TermLayout.STRIDE);
                int gain = tasks.get(term + TermLayout.GAIN);
                int normed = tasks.get(term + TermLayout.NORMED);
                float inverse = 1.0f;
                for (int pass = 0; pass < normed; pass++) {
                    float squares = 0.0f;
                    for (int c = item; c < width; c += GROUP) {
                        float value = buffers.get(x + c);
                        squares += value * value;
                    }
                    partial[item] = squares;
                    context.localBarrier();
                    if (item < PARTS) {
                        float sum = 0.0f;
                        for (int i = item; i < items; i += PARTS) {
                            sum += partial[i];
                        }
                        parts[item] = sum;
                    }
                    context.localBarrier();
                    float total = 0.0f;
                    for (int i = 0; i < PARTS; i++) {
                        total += parts[i];
                    }
                    float epsilon = floats.get(tasks.get(term + TermLayout.EPSILON));
                    inverse = 1.0f / TornadoMath.sqrt(total / width + epsilon);
                    context.localBarrier();
                }
                int units = tasks.get(term + TermLayout.UNITS);
                int f32 = tasks.get(term + TermLayout.F32);
                int f16 = tasks.get(term + TermLayout.F16);
                int q80 = tasks.get(term + TermLayout.Q8_0);
                int q40 = tasks.get(term + TermLayout.Q4_0);
                int q50 = tasks.get(term + TermLayout.Q5_0);
                int q4k = tasks.get(term + TermLayout.Q4_K);
                int q6k = tasks.get(term + TermLayout.Q6_K);
                int blocks = tasks.get(term + TermLayout.BLOCKS);
                int a = tasks.get(term + TermLayout.A);
                int b = tasks.get(term + TermLayout.B);
                int c4 = tasks.get(term + TermLayout.C);
                int d = tasks.get(term + TermLayout.D);
                int dotRows = kind == TermLayout.PRODUCT ? chunkRows : 0;
                for (int r = team; r < dotRows; r += GROUP / LANES) {
                    int row = first + chunk + r;
                    float sum = 0.0f;
                    for (int u = lane; u < f32; u += LANES) {
                        sum += floats.get(a + row * units + u) * buffers.get(x + u) * floats.get(gain + u);
                    }
                    for (int u = lane; u < f16; u += LANES) {
                        int word = words.get(a + row * units + u);
                        int low = (word >> 10) & 31;
                        int high = (word >> 26) & 31;
                        float w0 =
                                ((word & 1023) + Math.min(low, 1) * 1024) * floats.get(low) * (1 - ((word >> 14) & 2));
                        float w1 = (((word >> 16) & 1023) + Math.min(high, 1) * 1024)
                                * floats.get(high)
                                * (1 - ((word >> 30) & 2));
                        int at = 2 * u;
                        sum += w0 * buffers.get(x + at) * floats.get(gain + at)
                                + w1 * buffers.get(x + at + 1) * floats.get(gain + at + 1);
                    }
                    for (int u = lane; u < q80; u += LANES) {
                        int word = words.get(a + row * units + u);
                        int block = row * blocks + u / 8;
                        int half = words.get(d + block / 2) >> (16 * (block & 1));
                        int power = (half >> 10) & 31;
                        float scale = ((half & 1023) + Math.min(power, 1) * 1024)
                                * floats.get(power)
                                * (1 - ((half >> 14) & 2));
                        int at = 4 * u;
                        float dot = ((word << 24) >> 24) * buffers.get(x + at) * floats.get(gain + at)
                                + ((word << 16) >> 24) * buffers.get(x + at + 1) * floats.get(gain + at + 1)
                                + ((word << 8) >> 24) * buffers.get(x + at + 2) * floats.get(gain + at + 2)
                                + (word >> 24) * buffers.get(x + at + 3) * floats.get(gain + at + 3);
                        sum += scale * dot;
                    }
                    for (int u = lane; u < q40; u += LANES) {
                        int word = words.get(a + row * units + u);
                        int block = row * blocks + u / 4;
                        int half = words.get(d + block / 2) >> (16 * (block & 1));
                        int power = (half >> 10) & 31;
                        float scale = ((half & 1023) + Math.min(power, 1) * 1024)
                                * floats.get(power)
                                * (1 - ((half >> 14) & 2));
                        int at = 32 * (u / 4) + 4 * (u & 3);
                        float dot = 0.0f;
                        for (int k = 0; k < 4; k++) {
                            int low = ((word >> (8 * k)) & 15) - 8;
                            int high = ((word >> (8 * k + 4)) & 15) - 8;
                            dot += low * buffers.get(x + at + k) * floats.get(gain + at + k)
                                    + high * buffers.get(x + at + 16 + k) * floats.get(gain + at + 16 + k);
                        }
                        sum += scale * dot;
                    }
                    for (int u = lane; u < q50; u += LANES) {
                        int word = words.get(a + row * units + u);
                        int block = row * blocks + u / 4;
                        int half = words.get(d + block / 2) >> (16 * (block & 1));
                        int power = (half >> 10) & 31;
                        float scale = ((half & 1023) + Math.min(power, 1) * 1024)
                                * floats.get(power)
                                * (1 - ((half >> 14) & 2));
                        int bits = words.get(b + block) >> (4 * (u & 3));
                        int at = 32 * (u / 4) + 4 * (u & 3);
                        float dot = 0.0f;
                        for (int k = 0; k < 4; k++) {
                            int low = ((word >> (8 * k)) & 15) + 16 * ((bits >> k) & 1) - 16;
                            int high = ((word >> (8 * k + 4)) & 15) + 16 * ((bits >> (16 + k)) & 1) - 16;
                            dot += low * buffers.get(x + at + k) * floats.get(gain + at + k)
                                    + high * buffers.get(x + at + 16 + k) * floats.get(gain + at + 16 + k);
                        }
                        sum += scale * dot;
                    }
                    for (int u = lane; u < q4k; u += LANES) {
                        int block = a + (row * blocks + u / 32) * 36;
                        int pair = (u & 31) / 8;
                        int word = words.get(block + 4 + (u & 31));
                        int halves = words.get(block);
                        int power = (halves >> 10) & 31;
                        float scale = ((halves & 1023) + Math.min(power, 1) * 1024)
                                * floats.get(power)
                                * (1 - ((halves >> 14) & 2));
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
                        int at = 256 * (u / 32) + 64 * pair + 4 * (u & 7);
                        float dotLow = 0.0f;
                        float dotHigh = 0.0f;
                        float sumLow = 0.0f;
                        float sumHigh = 0.0f;
                        for (int k = 0; k < 4; k++) {
                            float x0 = buffers.get(x + at + k) * floats.get(gain + at + k);
                            float x1 = buffers.get(x + at + 32 + k) * floats.get(gain + at + 32 + k);
                            dotLow += ((word >> (8 * k)) & 15) * x0;
                            dotHigh += ((word >> (8 * k + 4)) & 15) * x1;
                            sumLow += x0;
                            sumHigh += x1;
                        }
                        sum += scale * (scaleLow * dotLow + scaleHigh * dotHigh)
                                - minimum * (minLow * sumLow + minHigh * sumHigh);
                    }
                    for (int u = lane; u < q6k; u += LANES) {
                        int block = row * blocks + u / 32;
                        int w = u & 31;
                        int side = w / 16;
                        int word = words.get(a + row * units + u);
                        int highs = words.get(b + block * 16 + 8 * side + (w & 7)) >> (2 * ((w & 15) / 8));
                        int half = words.get(d + block / 2) >> (16 * (block & 1));
                        int power = (half >> 10) & 31;
                        float scale = ((half & 1023) + Math.min(power, 1) * 1024)
                                * floats.get(power)
                                * (1 - ((half >> 14) & 2));
                        int part = 8 * side + (w & 15) / 4;
                        int scaleLow = (words.get(c4 + block * 4 + part / 4) << (24 - 8 * (part & 3))) >> 24;
                        int part2 = part + 4;
                        int scaleHigh = (words.get(c4 + block * 4 + part2 / 4) << (24 - 8 * (part2 & 3))) >> 24;
                        int at = 256 * (u / 32) + 128 * side + 4 * (w & 15);
                        float dotLow = 0.0f;
                        float dotHigh = 0.0f;
                        for (int k = 0; k < 4; k++) {
                            int low = ((word >> (8 * k)) & 15) + 16 * ((highs >> (8 * k)) & 3) - 32;
                            int high = ((word >> (8 * k + 4)) & 15) + 16 * ((highs >> (8 * k + 4)) & 3) - 32;
                            dotLow += low * buffers.get(x + at + k) * floats.get(gain + at + k);
                            dotHigh += high * buffers.get(x + at + 64 + k) * floats.get(gain + at + 64 + k);
                        }
                        sum += scale * (scaleLow * dotLow + scaleHigh * dotHigh);
                    }
                    partial[r * LANES + lane] = sum;
                }
                context.localBarrier();
                if (item < chunkRows) {
                    int row = first + chunk + item;
                    float value = 0.0f;
                    if (kind == TermLayout.PRODUCT) {
                        for (int i = 0; i < LANES; i++) {
                            value += partial[item * LANES + i];
                        }
                        value = value * inverse;
                    } else {
                        value = buffers.get(x + row) * inverse * floats.get(gain + row * normed);
                    }
                    value += floats.get(tasks.get(term + TermLayout.BIAS) + row * tasks.get(term + TermLayout.BIASED));
                    value = value * floats.get(tasks.get(term + TermLayout.WEIGHT));
                    if (number > 0) {
                        float before = result[chunk + item];
                        if (combination == JobLayout.SUM) {
                            value = before + value;
                        } else {
                            value = before * value;
                        }
                    } else if (combination == JobLayout.SILU) {
                        value = value / (1.0f + TornadoMath.exp(-value));
                    } else if (combination == JobLayout.GELU) {
                        float inner = 0.7978846f * (value + 0.044715f * value * value * value);
                        // tanh by an exponential of a number that is not positive, which cannot overflow.
                        float magnitude = TornadoMath.abs(inner);
                        float shrunk = TornadoMath.exp(-2.0f * magnitude);
                        float tanh = (1.0f - shrunk) / (1.0f + shrunk);
                        float signed = inner < 0.0f ? -tanh : tanh;
                        value = 0.5f * value * (1.0f + signed);
                    }
                    result[chunk + item] = value;
                }
                context.localBarrier();
            }
        }
        int headNormed = count > 0 ? tasks.get(job + JobLayout.HEAD_NORMED) : 0;
        for (int pass = 0; pass < headNormed; pass++) {
            float squares = 0.0f;
            for (int i = item; i < count; i += GROUP) {
                squares += result[i] * result[i];
            }
            partial[item] = squares;
            context.localBarrier();
            if (item < PARTS) {
                float sum = 0.0f;
                for (int i = item; i < items; i += PARTS) {
                    sum += partial[i];
                }
                parts[item] = sum;
            }
            context.localBarrier();
            float total = 0.0f;
            for (int i = 0; i < PARTS; i++) {
                total += parts[i];
            }
            float inverse =
                    1.0f / TornadoMath.sqrt(total / count + floats.get(tasks.get(job + JobLayout.HEAD_EPSILON)));
            int headGain = tasks.get(job + JobLayout.HEAD_GAIN);
            for (int i = item; i < count; i += GROUP) {
                result[i] = result[i] * inverse * floats.get(headGain + i);
            }
            context.localBarrier();
        }
        int pairs = tasks.get(job + JobLayout.PAIRS);
        int adjacent = tasks.get(job + JobLayout.ADJACENT);
        int angle = tasks.get(job + JobLayout.ANGLES) + (t + skipped) * 2 * pairs;
        int target = tasks.get(job + JobLayout.TARGET);
        int stride = tasks.get(job + JobLayout.STRIDE);
        int y = tasks.get(job + JobLayout.Y) + t * stride;
        int slot = y + state.get(StateLayout.POSITION) * stride;
        for (int i = item; i < count; i += GROUP) {
            float value = result[i];
            if (i < 2 * pairs) {
                int second = adjacent == 1 ? i & 1 : i / pairs;
                int pair = adjacent == 1 ? i / 2 : i - second * pairs;
                int distance = adjacent == 1 ? 1 : pairs;
                float other = result[i + distance * (1 - 2 * second)];
                float cosine = angles.get(angle + pair);
                float sine = angles.get(angle + pairs + pair);
                value = value * cosine + (2 * second - 1) * other * sine;
            }
            if (target == JobLayout.BUFFERS) {
                buffers.set(y + first + i, value);
            } else if (target == JobLayout.CACHE) {
                cache.set(slot + first + i, value);
            } else {
                logits.set(y + first + i, value);
            }
        }
    }
}
