package io.layerplan.runtime.tornado.kernel;

import io.layerplan.runtime.tornado.task.Constants;
import io.layerplan.runtime.tornado.task.DeviceFormat;
import io.layerplan.runtime.tornado.task.EmbeddingLayout;
import io.layerplan.runtime.tornado.task.FormatCodes;
import io.layerplan.runtime.tornado.task.MapLayout;
import io.layerplan.runtime.tornado.task.StateLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// `y[t] = scale · table[token[t]]`: a work item decodes [DeviceFormat#STEP] elements of a row at a time. As in
/// [ProjectionKernel] there is a loop for each format that is compiled, of one turn or none.
public final class EmbeddingKernel {
    private static final int LANES = DeviceFormat.LANES;
    private static final int STEP = DeviceFormat.STEP;

    private EmbeddingKernel() {}

    /// @param slot    one integer: where in `state` the place of the task's table is
    /// @param ids     where in `state` the token ids begin
    /// @param formats those that are compiled, as bits of [DeviceFormat#bit]
    public static void embed(
            KernelContext context,
            IntArray slot,
            IntArray state,
            IntArray tasks,
            IntArray words,
            FloatArray floats,
            FloatArray buffers,
            int ids,
            int formats) {
        int item = context.localIdx + context.localIdy * context.localGroupSizeX;
        int items = context.localGroupSizeX * context.localGroupSizeY;
        int start = state.get(slot.get(0));
        int entry = start + context.groupIdx * MapLayout.SIZE;
        int job = start + tasks.get(entry + MapLayout.JOB);
        int t = context.groupIdy;
        int rows = state.get(StateLayout.TOKENS + tasks.get(job + EmbeddingLayout.ROWS));
        int skipped = state.get(StateLayout.TOKENS) - rows;
        int first = tasks.get(entry + MapLayout.FIRST);
        int count = t < rows ? tasks.get(entry + MapLayout.COUNT) : 0;
        int row = state.get(ids + Math.max(0, Math.min(t + skipped, state.get(StateLayout.TOKENS) - 1)));
        int tileAt = row / LANES;
        int lane = row - tileAt * LANES;
        float factor = floats.get(tasks.get(job + EmbeddingLayout.SCALE));
        int width = tasks.get(job + EmbeddingLayout.WIDTH);
        int blocks = tasks.get(job + EmbeddingLayout.BLOCKS);
        int scales = tasks.get(job + EmbeddingLayout.SCALES);
        int a = tasks.get(job + EmbeddingLayout.A);
        int d = tasks.get(job + EmbeddingLayout.D);
        int y = tasks.get(job + EmbeddingLayout.Y) + t * tasks.get(job + EmbeddingLayout.STRIDE);
        for (int place = first + item; place < first + count; place += items) {
            int at = y + place * STEP;
            int left = Math.min(STEP, width - place * STEP);
            int plain = tileAt * blocks + place;
            int pair = d + (tileAt * scales + place / 2) * LANES;
            int shift = 16 * (place & 1);
            int large = tileAt * blocks + place / 8;
            int part = place & 7;
            if ((formats & (1 << FormatCodes.F32)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.F32);
                for (int l = 0; l < turns; l++) {
                    int from = a + plain * STEP * LANES + lane;
                    for (int k = 0; k < left; k++) {
                        buffers.set(at + k, factor * floats.get(from + k * LANES));
                    }
                }
            }
            if ((formats & (1 << FormatCodes.F16)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.F16);
                for (int l = 0; l < turns; l++) {
                    for (int k = 0; k < left; k++) {
                        int word = words.get(a + (plain * 16 + k / 2) * LANES + lane) >> (16 * (k & 1));
                        buffers.set(at + k, factor * Decode.half(word));
                    }
                }
            }
            if ((formats & (1 << FormatCodes.BF16)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.BF16);
                for (int l = 0; l < turns; l++) {
                    for (int k = 0; k < left; k++) {
                        int word = words.get(a + (plain * 16 + k / 2) * LANES + lane) >> (16 * (k & 1));
                        float power = floats.get(Constants.POWERS + ((word >> 7) & 255));
                        buffers.set(at + k, factor * Decode.brain(word) * power);
                    }
                }
            }
            if ((formats & (1 << FormatCodes.Q8_0)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.Q8_0);
                for (int l = 0; l < turns; l++) {
                    float scale = Decode.half(words.get(pair + lane) >> shift);
                    for (int u = 0; u < 8; u++) {
                        int word = words.get(a + (plain * 8 + u) * LANES + lane);
                        buffers.set(at + 4 * u, factor * scale * ((word << 24) >> 24));
                        buffers.set(at + 4 * u + 1, factor * scale * ((word << 16) >> 24));
                        buffers.set(at + 4 * u + 2, factor * scale * ((word << 8) >> 24));
                        buffers.set(at + 4 * u + 3, factor * scale * (word >> 24));
                    }
                }
            }
            if ((formats & (1 << FormatCodes.Q4_0)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.Q4_0);
                for (int l = 0; l < turns; l++) {
                    float scale = Decode.half(words.get(pair + lane) >> shift);
                    for (int u = 0; u < 4; u++) {
                        int word = words.get(a + (plain * 4 + u) * LANES + lane);
                        buffers.set(at + 4 * u, factor * scale * ((word & 15) - 8));
                        buffers.set(at + 4 * u + 1, factor * scale * (((word >> 8) & 15) - 8));
                        buffers.set(at + 4 * u + 2, factor * scale * (((word >> 16) & 15) - 8));
                        buffers.set(at + 4 * u + 3, factor * scale * (((word >> 24) & 15) - 8));
                        buffers.set(at + 4 * u + 16, factor * scale * (((word >> 4) & 15) - 8));
                        buffers.set(at + 4 * u + 17, factor * scale * (((word >> 12) & 15) - 8));
                        buffers.set(at + 4 * u + 18, factor * scale * (((word >> 20) & 15) - 8));
                        buffers.set(at + 4 * u + 19, factor * scale * (((word >> 28) & 15) - 8));
                    }
                }
            }
            if ((formats & (1 << FormatCodes.Q4_1)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.Q4_1);
                for (int l = 0; l < turns; l++) {
                    int both = words.get(a + plain * 5 * LANES + lane);
                    float scale = Decode.half(both);
                    float minimum = Decode.half(both >> 16);
                    for (int u = 0; u < 4; u++) {
                        int word = words.get(a + (plain * 5 + 1 + u) * LANES + lane);
                        buffers.set(at + 4 * u, factor * (scale * (word & 15) + minimum));
                        buffers.set(at + 4 * u + 1, factor * (scale * ((word >> 8) & 15) + minimum));
                        buffers.set(at + 4 * u + 2, factor * (scale * ((word >> 16) & 15) + minimum));
                        buffers.set(at + 4 * u + 3, factor * (scale * ((word >> 24) & 15) + minimum));
                        buffers.set(at + 4 * u + 16, factor * (scale * ((word >> 4) & 15) + minimum));
                        buffers.set(at + 4 * u + 17, factor * (scale * ((word >> 12) & 15) + minimum));
                        buffers.set(at + 4 * u + 18, factor * (scale * ((word >> 20) & 15) + minimum));
                        buffers.set(at + 4 * u + 19, factor * (scale * ((word >> 28) & 15) + minimum));
                    }
                }
            }
            if ((formats & (1 << FormatCodes.Q5_0)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.Q5_0);
                for (int l = 0; l < turns; l++) {
                    float scale = Decode.half(words.get(pair + lane) >> shift);
                    int fifths = words.get(a + plain * 5 * LANES + lane);
                    for (int u = 0; u < 4; u++) {
                        int word = words.get(a + (plain * 5 + 1 + u) * LANES + lane);
                        int bits = fifths >> (4 * u);
                        buffers.set(at + 4 * u, factor * scale * ((word & 15) + 16 * (bits & 1) - 16));
                        buffers.set(
                                at + 4 * u + 1, factor * scale * (((word >> 8) & 15) + 16 * ((bits >> 1) & 1) - 16));
                        buffers.set(
                                at + 4 * u + 2, factor * scale * (((word >> 16) & 15) + 16 * ((bits >> 2) & 1) - 16));
                        buffers.set(
                                at + 4 * u + 3, factor * scale * (((word >> 24) & 15) + 16 * ((bits >> 3) & 1) - 16));
                        buffers.set(
                                at + 4 * u + 16, factor * scale * (((word >> 4) & 15) + 16 * ((bits >> 16) & 1) - 16));
                        buffers.set(
                                at + 4 * u + 17, factor * scale * (((word >> 12) & 15) + 16 * ((bits >> 17) & 1) - 16));
                        buffers.set(
                                at + 4 * u + 18, factor * scale * (((word >> 20) & 15) + 16 * ((bits >> 18) & 1) - 16));
                        buffers.set(
                                at + 4 * u + 19, factor * scale * (((word >> 28) & 15) + 16 * ((bits >> 19) & 1) - 16));
                    }
                }
            }
            if ((formats & (1 << FormatCodes.Q5_1)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.Q5_1);
                for (int l = 0; l < turns; l++) {
                    int both = words.get(a + plain * 6 * LANES + lane);
                    float scale = Decode.half(both);
                    float minimum = Decode.half(both >> 16);
                    int fifths = words.get(a + (plain * 6 + 1) * LANES + lane);
                    for (int u = 0; u < 4; u++) {
                        int word = words.get(a + (plain * 6 + 2 + u) * LANES + lane);
                        int bits = fifths >> (4 * u);
                        buffers.set(at + 4 * u, factor * (scale * ((word & 15) + 16 * (bits & 1)) + minimum));
                        buffers.set(
                                at + 4 * u + 1,
                                factor * (scale * (((word >> 8) & 15) + 16 * ((bits >> 1) & 1)) + minimum));
                        buffers.set(
                                at + 4 * u + 2,
                                factor * (scale * (((word >> 16) & 15) + 16 * ((bits >> 2) & 1)) + minimum));
                        buffers.set(
                                at + 4 * u + 3,
                                factor * (scale * (((word >> 24) & 15) + 16 * ((bits >> 3) & 1)) + minimum));
                        buffers.set(
                                at + 4 * u + 16,
                                factor * (scale * (((word >> 4) & 15) + 16 * ((bits >> 16) & 1)) + minimum));
                        buffers.set(
                                at + 4 * u + 17,
                                factor * (scale * (((word >> 12) & 15) + 16 * ((bits >> 17) & 1)) + minimum));
                        buffers.set(
                                at + 4 * u + 18,
                                factor * (scale * (((word >> 20) & 15) + 16 * ((bits >> 18) & 1)) + minimum));
                        buffers.set(
                                at + 4 * u + 19,
                                factor * (scale * (((word >> 28) & 15) + 16 * ((bits >> 19) & 1)) + minimum));
                    }
                }
            }
            if ((formats & (1 << FormatCodes.Q4_K)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.Q4_K);
                for (int l = 0; l < turns; l++) {
                    int block = a + large * 36 * LANES + lane;
                    int both = words.get(block);
                    int s0 = words.get(block + LANES);
                    int s1 = words.get(block + 2 * LANES);
                    int s2 = words.get(block + 3 * LANES);
                    float scale = Decode.half(both) * Decode.scale(part, s0, s2);
                    float minimum = Decode.half(both >> 16) * Decode.minimum(part, s1, s2);
                    for (int u = 0; u < 8; u++) {
                        int word = words.get(block + (4 + 8 * (part >> 1) + u) * LANES) >> (4 * (part & 1));
                        buffers.set(at + 4 * u, factor * (scale * (word & 15) - minimum));
                        buffers.set(at + 4 * u + 1, factor * (scale * ((word >> 8) & 15) - minimum));
                        buffers.set(at + 4 * u + 2, factor * (scale * ((word >> 16) & 15) - minimum));
                        buffers.set(at + 4 * u + 3, factor * (scale * ((word >> 24) & 15) - minimum));
                    }
                }
            }
            if ((formats & (1 << FormatCodes.Q5_K)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.Q5_K);
                for (int l = 0; l < turns; l++) {
                    int block = a + large * 44 * LANES + lane;
                    int both = words.get(block);
                    int s0 = words.get(block + LANES);
                    int s1 = words.get(block + 2 * LANES);
                    int s2 = words.get(block + 3 * LANES);
                    float scale = Decode.half(both) * Decode.scale(part, s0, s2);
                    float minimum = Decode.half(both >> 16) * Decode.minimum(part, s1, s2);
                    for (int u = 0; u < 8; u++) {
                        int word = words.get(block + (12 + 8 * (part >> 1) + u) * LANES) >> (4 * (part & 1));
                        int bits = words.get(block + (4 + u) * LANES) >> part;
                        buffers.set(at + 4 * u, factor * (scale * ((word & 15) + 16 * (bits & 1)) - minimum));
                        buffers.set(
                                at + 4 * u + 1,
                                factor * (scale * (((word >> 8) & 15) + 16 * ((bits >> 8) & 1)) - minimum));
                        buffers.set(
                                at + 4 * u + 2,
                                factor * (scale * (((word >> 16) & 15) + 16 * ((bits >> 16) & 1)) - minimum));
                        buffers.set(
                                at + 4 * u + 3,
                                factor * (scale * (((word >> 24) & 15) + 16 * ((bits >> 24) & 1)) - minimum));
                    }
                }
            }
            if ((formats & (1 << FormatCodes.Q6_K)) != 0) {
                int turns = tasks.get(job + EmbeddingLayout.FORMATS + FormatCodes.Q6_K);
                for (int l = 0; l < turns; l++) {
                    int block = a + large * 52 * LANES + lane;
                    float whole = Decode.half(
                            words.get(d + (tileAt * scales + place / 16) * LANES + lane) >> (16 * ((place >> 3) & 1)));
                    int eight = 2 * part;
                    int signs = words.get(block + (48 + (part >> 1)) * LANES);
                    float lower = whole * ((signs << (24 - 8 * (eight & 3))) >> 24);
                    float upper = whole * ((signs << (16 - 8 * (eight & 3))) >> 24);
                    for (int u = 0; u < 8; u++) {
                        int word = words.get(block + (16 * (part >> 2) + 8 * (part & 1) + u) * LANES)
                                >> (4 * ((part >> 1) & 1));
                        int bits = words.get(block + (32 + 8 * (part >> 2) + u) * LANES) >> (2 * (part & 3));
                        float scale = lower + (u >> 2) * (upper - lower);
                        buffers.set(at + 4 * u, factor * scale * ((word & 15) + 16 * (bits & 3) - 32));
                        buffers.set(
                                at + 4 * u + 1, factor * scale * (((word >> 8) & 15) + 16 * ((bits >> 8) & 3) - 32));
                        buffers.set(
                                at + 4 * u + 2, factor * scale * (((word >> 16) & 15) + 16 * ((bits >> 16) & 3) - 32));
                        buffers.set(
                                at + 4 * u + 3, factor * scale * (((word >> 24) & 15) + 16 * ((bits >> 24) & 3) - 32));
                    }
                }
            }
        }
    }
}
