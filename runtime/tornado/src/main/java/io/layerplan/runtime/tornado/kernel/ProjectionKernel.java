package io.layerplan.runtime.tornado.kernel;

import io.layerplan.runtime.tornado.task.Constants;
import io.layerplan.runtime.tornado.task.DeviceFormat;
import io.layerplan.runtime.tornado.task.FormatCodes;
import io.layerplan.runtime.tornado.task.GroupShape;
import io.layerplan.runtime.tornado.task.JobLayout;
import io.layerplan.runtime.tornado.task.LocalMemory;
import io.layerplan.runtime.tornado.task.MapLayout;
import io.layerplan.runtime.tornado.task.StateLayout;
import io.layerplan.runtime.tornado.task.TermLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/// Everything that computes rows from rows, attention aside: `y = heads(combine(term_1, term_2, …))`, where a term is a
/// product, a normalised row or a plain one. A workgroup computes some neighbouring elements of a few rows of `y`,
/// which for a product are rows of its matrix.
///
/// A product goes by panels of columns, which are normalised into local memory once for the group, by tiles of
/// [DeviceFormat#LANES] rows and by steps of [DeviceFormat#STEP] columns: the weights of a step are decoded into local
/// memory, then multiplied with the columns of every token. Decoding is the only thing that differs between formats,
/// and a kernel is compiled with those that its tasks have.
///
/// One method, without helpers that loop or return early: what TornadoVM lowers rightly. Loops over the rows of a tile
/// are the innermost, with a stride that is the number of items: with one item a processor's compiler makes vectors of
/// them.
public final class ProjectionKernel {
    private static final int LANES = DeviceFormat.LANES;
    private static final int STEP = DeviceFormat.STEP;
    private static final int PANELS = LocalMemory.PANELS;
    private static final int WEIGHTS = LocalMemory.WEIGHTS;

    private ProjectionKernel() {}

    /// @param slot    one integer: where in `state` the place of the task's table is
    /// @param state   see [StateLayout]
    /// @param tasks   the tables of all tasks, see [MapLayout] and [JobLayout]
    /// @param words   weights
    /// @param floats  32-bit weights, gains, biases and constants
    /// @param buffers activations
    /// @param cache   keys and values
    /// @param angles  cosines and sines of the batch's positions
    /// @param logits  the result
    /// @param formats those that are compiled, as bits of [DeviceFormat#bit]
    public static void project(
            KernelContext context,
            IntArray slot,
            IntArray state,
            IntArray tasks,
            IntArray words,
            FloatArray floats,
            FloatArray buffers,
            FloatArray cache,
            FloatArray angles,
            FloatArray logits,
            int formats) {
        float[] xs = context.allocateFloatLocalArray(PANELS);
        float[] weights = context.allocateFloatLocalArray(WEIGHTS * GroupShape.MOST_SLICES);
        float[] sums = context.allocateFloatLocalArray(GroupShape.SUMS);
        float[] result = context.allocateFloatLocalArray(GroupShape.SUMS);
        float[] parts = context.allocateFloatLocalArray(LocalMemory.ITEMS);
        float[] inverse = context.allocateFloatLocalArray(GroupShape.MOST_TOKENS);
        int lane = context.localIdx;
        int lanes = context.localGroupSizeX;
        int slice = context.localIdy;
        int slices = context.localGroupSizeY;
        int item = lane + slice * lanes;
        int items = lanes * slices;
        int start = state.get(slot.get(0));
        int together = Math.max(1, tasks.get(start + MapLayout.TOKENS));
        int panel = PANELS / together;
        int entry = start + context.groupIdx * MapLayout.SIZE;
        int job = start + tasks.get(entry + MapLayout.JOB);
        int first = tasks.get(entry + MapLayout.FIRST);
        int t0 = context.groupIdy * together;
        int rows = state.get(StateLayout.TOKENS + tasks.get(job + JobLayout.ROWS));
        int skipped = state.get(StateLayout.TOKENS) - rows;
        int tokens = Math.max(0, Math.min(together, rows - t0));
        int count = tokens > 0 ? tasks.get(entry + MapLayout.COUNT) : 0;
        int terms = tokens > 0 ? tasks.get(job + JobLayout.TERMS) : 0;
        int combination = tasks.get(job + JobLayout.COMBINATION);
        int firstTile = first / LANES;
        int before = first - firstTile * LANES;
        int tiles = (before + count + LANES - 1) / LANES;
        int padded = tiles * LANES;
        for (int number = 0; number < terms; number++) {
            int term = job + JobLayout.SIZE + number * TermLayout.SIZE;
            int kind = tasks.get(term + TermLayout.KIND);
            int width = tasks.get(term + TermLayout.WIDTH);
            int stride = tasks.get(term + TermLayout.STRIDE);
            int x = tasks.get(term + TermLayout.X) + (t0 + skipped * tasks.get(term + TermLayout.SKIPS)) * stride;
            int gain = tasks.get(term + TermLayout.GAIN);
            int normed = tasks.get(term + TermLayout.NORMED);
            float epsilon = floats.get(tasks.get(term + TermLayout.EPSILON));
            int blocks = tasks.get(term + TermLayout.BLOCKS);
            int scales = tasks.get(term + TermLayout.SCALES);
            int a = tasks.get(term + TermLayout.A);
            int d = tasks.get(term + TermLayout.D);
            int columns = kind == TermLayout.PRODUCT ? (width + STEP - 1) / STEP * STEP : 0;
            for (int t = 0; t < normed * tokens; t++) {
                float squares = 0.0f;
                for (int c = item; c < width; c += items) {
                    float value = buffers.get(x + t * stride + c);
                    squares += value * value;
                }
                parts[item] = squares;
                context.localBarrier();
                float total = 0.0f;
                for (int i = 0; i < items; i++) {
                    total += parts[i];
                }
                inverse[t] = 1.0f / TornadoMath.sqrt(total / width + epsilon);
                context.localBarrier();
            }
            for (int t = 0; t < (1 - normed) * tokens; t++) {
                inverse[t] = 1.0f;
            }
            for (int i = item; i < slices * tokens * padded; i += items) {
                sums[i] = 0.0f;
            }
            for (int from = 0; from < columns; from += panel) {
                int size = Math.min(panel, columns - from);
                int filled = Math.min(size, width - from);
                for (int t = 0; t < tokens; t++) {
                    for (int c = item; c < filled; c += items) {
                        xs[t * panel + c] = buffers.get(x + t * stride + from + c) * floats.get(gain + from + c);
                    }
                    for (int c = filled + item; c < size; c += items) {
                        xs[t * panel + c] = 0.0f;
                    }
                }
                context.localBarrier();
                for (int tile = 0; tile < tiles; tile++) {
                    for (int step = slice; step < size / STEP; step += slices) {
                        int place = from / STEP + step;
                        int out = slice * WEIGHTS;
                        int tileAt = firstTile + tile;
                        int plain = tileAt * blocks + place;
                        int pair = d + (tileAt * scales + place / 2) * LANES;
                        int shift = 16 * (place & 1);
                        int large = tileAt * blocks + place / 8;
                        int part = place & 7;
                        if ((formats & (1 << FormatCodes.F32)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.F32);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = a + plain * STEP * LANES + l;
                                for (int k = 0; k < STEP; k++) {
                                    weights[out + k * LANES + l] = floats.get(at + k * LANES);
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.F16)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.F16);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                for (int u = 0; u < 16; u++) {
                                    int word = words.get(a + (plain * 16 + u) * LANES + l);
                                    weights[at + 2 * u * LANES] = Decode.half(word);
                                    weights[at + (2 * u + 1) * LANES] = Decode.half(word >> 16);
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.BF16)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.BF16);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                for (int u = 0; u < 16; u++) {
                                    int word = words.get(a + (plain * 16 + u) * LANES + l);
                                    int upper = word >> 16;
                                    float low = floats.get(Constants.POWERS + ((word >> 7) & 255));
                                    float high = floats.get(Constants.POWERS + ((upper >> 7) & 255));
                                    weights[at + 2 * u * LANES] = Decode.brain(word) * low;
                                    weights[at + (2 * u + 1) * LANES] = Decode.brain(upper) * high;
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.Q8_0)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.Q8_0);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                float scale = Decode.half(words.get(pair + l) >> shift);
                                for (int u = 0; u < 8; u++) {
                                    int word = words.get(a + (plain * 8 + u) * LANES + l);
                                    weights[at + 4 * u * LANES] = scale * ((word << 24) >> 24);
                                    weights[at + (4 * u + 1) * LANES] = scale * ((word << 16) >> 24);
                                    weights[at + (4 * u + 2) * LANES] = scale * ((word << 8) >> 24);
                                    weights[at + (4 * u + 3) * LANES] = scale * (word >> 24);
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.Q4_0)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.Q4_0);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                float scale = Decode.half(words.get(pair + l) >> shift);
                                for (int u = 0; u < 4; u++) {
                                    int word = words.get(a + (plain * 4 + u) * LANES + l);
                                    weights[at + 4 * u * LANES] = scale * ((word & 15) - 8);
                                    weights[at + (4 * u + 1) * LANES] = scale * (((word >> 8) & 15) - 8);
                                    weights[at + (4 * u + 2) * LANES] = scale * (((word >> 16) & 15) - 8);
                                    weights[at + (4 * u + 3) * LANES] = scale * (((word >> 24) & 15) - 8);
                                    weights[at + (4 * u + 16) * LANES] = scale * (((word >> 4) & 15) - 8);
                                    weights[at + (4 * u + 17) * LANES] = scale * (((word >> 12) & 15) - 8);
                                    weights[at + (4 * u + 18) * LANES] = scale * (((word >> 20) & 15) - 8);
                                    weights[at + (4 * u + 19) * LANES] = scale * (((word >> 28) & 15) - 8);
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.Q4_1)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.Q4_1);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                int both = words.get(a + plain * 5 * LANES + l);
                                float scale = Decode.half(both);
                                float minimum = Decode.half(both >> 16);
                                for (int u = 0; u < 4; u++) {
                                    int word = words.get(a + (plain * 5 + 1 + u) * LANES + l);
                                    weights[at + 4 * u * LANES] = scale * (word & 15) + minimum;
                                    weights[at + (4 * u + 1) * LANES] = scale * ((word >> 8) & 15) + minimum;
                                    weights[at + (4 * u + 2) * LANES] = scale * ((word >> 16) & 15) + minimum;
                                    weights[at + (4 * u + 3) * LANES] = scale * ((word >> 24) & 15) + minimum;
                                    weights[at + (4 * u + 16) * LANES] = scale * ((word >> 4) & 15) + minimum;
                                    weights[at + (4 * u + 17) * LANES] = scale * ((word >> 12) & 15) + minimum;
                                    weights[at + (4 * u + 18) * LANES] = scale * ((word >> 20) & 15) + minimum;
                                    weights[at + (4 * u + 19) * LANES] = scale * ((word >> 28) & 15) + minimum;
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.Q5_0)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.Q5_0);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                float scale = Decode.half(words.get(pair + l) >> shift);
                                int fifths = words.get(a + plain * 5 * LANES + l);
                                for (int u = 0; u < 4; u++) {
                                    int word = words.get(a + (plain * 5 + 1 + u) * LANES + l);
                                    int bits = fifths >> (4 * u);
                                    weights[at + 4 * u * LANES] = scale * ((word & 15) + 16 * (bits & 1) - 16);
                                    weights[at + (4 * u + 1) * LANES] =
                                            scale * (((word >> 8) & 15) + 16 * ((bits >> 1) & 1) - 16);
                                    weights[at + (4 * u + 2) * LANES] =
                                            scale * (((word >> 16) & 15) + 16 * ((bits >> 2) & 1) - 16);
                                    weights[at + (4 * u + 3) * LANES] =
                                            scale * (((word >> 24) & 15) + 16 * ((bits >> 3) & 1) - 16);
                                    weights[at + (4 * u + 16) * LANES] =
                                            scale * (((word >> 4) & 15) + 16 * ((bits >> 16) & 1) - 16);
                                    weights[at + (4 * u + 17) * LANES] =
                                            scale * (((word >> 12) & 15) + 16 * ((bits >> 17) & 1) - 16);
                                    weights[at + (4 * u + 18) * LANES] =
                                            scale * (((word >> 20) & 15) + 16 * ((bits >> 18) & 1) - 16);
                                    weights[at + (4 * u + 19) * LANES] =
                                            scale * (((word >> 28) & 15) + 16 * ((bits >> 19) & 1) - 16);
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.Q5_1)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.Q5_1);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                int both = words.get(a + plain * 6 * LANES + l);
                                float scale = Decode.half(both);
                                float minimum = Decode.half(both >> 16);
                                int fifths = words.get(a + (plain * 6 + 1) * LANES + l);
                                for (int u = 0; u < 4; u++) {
                                    int word = words.get(a + (plain * 6 + 2 + u) * LANES + l);
                                    int bits = fifths >> (4 * u);
                                    weights[at + 4 * u * LANES] = scale * ((word & 15) + 16 * (bits & 1)) + minimum;
                                    weights[at + (4 * u + 1) * LANES] =
                                            scale * (((word >> 8) & 15) + 16 * ((bits >> 1) & 1)) + minimum;
                                    weights[at + (4 * u + 2) * LANES] =
                                            scale * (((word >> 16) & 15) + 16 * ((bits >> 2) & 1)) + minimum;
                                    weights[at + (4 * u + 3) * LANES] =
                                            scale * (((word >> 24) & 15) + 16 * ((bits >> 3) & 1)) + minimum;
                                    weights[at + (4 * u + 16) * LANES] =
                                            scale * (((word >> 4) & 15) + 16 * ((bits >> 16) & 1)) + minimum;
                                    weights[at + (4 * u + 17) * LANES] =
                                            scale * (((word >> 12) & 15) + 16 * ((bits >> 17) & 1)) + minimum;
                                    weights[at + (4 * u + 18) * LANES] =
                                            scale * (((word >> 20) & 15) + 16 * ((bits >> 18) & 1)) + minimum;
                                    weights[at + (4 * u + 19) * LANES] =
                                            scale * (((word >> 28) & 15) + 16 * ((bits >> 19) & 1)) + minimum;
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.Q4_K)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.Q4_K);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                int block = a + large * 36 * LANES + l;
                                int both = words.get(block);
                                int s0 = words.get(block + LANES);
                                int s1 = words.get(block + 2 * LANES);
                                int s2 = words.get(block + 3 * LANES);
                                float scale = Decode.half(both) * Decode.scale(part, s0, s2);
                                float minimum = Decode.half(both >> 16) * Decode.minimum(part, s1, s2);
                                for (int u = 0; u < 8; u++) {
                                    int word = words.get(block + (4 + 8 * (part >> 1) + u) * LANES) >> (4 * (part & 1));
                                    weights[at + 4 * u * LANES] = scale * (word & 15) - minimum;
                                    weights[at + (4 * u + 1) * LANES] = scale * ((word >> 8) & 15) - minimum;
                                    weights[at + (4 * u + 2) * LANES] = scale * ((word >> 16) & 15) - minimum;
                                    weights[at + (4 * u + 3) * LANES] = scale * ((word >> 24) & 15) - minimum;
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.Q5_K)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.Q5_K);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                int block = a + large * 44 * LANES + l;
                                int both = words.get(block);
                                int s0 = words.get(block + LANES);
                                int s1 = words.get(block + 2 * LANES);
                                int s2 = words.get(block + 3 * LANES);
                                float scale = Decode.half(both) * Decode.scale(part, s0, s2);
                                float minimum = Decode.half(both >> 16) * Decode.minimum(part, s1, s2);
                                for (int u = 0; u < 8; u++) {
                                    int word =
                                            words.get(block + (12 + 8 * (part >> 1) + u) * LANES) >> (4 * (part & 1));
                                    int bits = words.get(block + (4 + u) * LANES) >> part;
                                    weights[at + 4 * u * LANES] = scale * ((word & 15) + 16 * (bits & 1)) - minimum;
                                    weights[at + (4 * u + 1) * LANES] =
                                            scale * (((word >> 8) & 15) + 16 * ((bits >> 8) & 1)) - minimum;
                                    weights[at + (4 * u + 2) * LANES] =
                                            scale * (((word >> 16) & 15) + 16 * ((bits >> 16) & 1)) - minimum;
                                    weights[at + (4 * u + 3) * LANES] =
                                            scale * (((word >> 24) & 15) + 16 * ((bits >> 24) & 1)) - minimum;
                                }
                            }
                        }
                        if ((formats & (1 << FormatCodes.Q6_K)) != 0) {
                            int turns = tasks.get(term + TermLayout.FORMATS + FormatCodes.Q6_K);
                            for (int l = lane; l < turns; l += lanes) {
                                int at = out + l;
                                int block = a + large * 52 * LANES + l;
                                float whole = Decode.half(words.get(d + (tileAt * scales + place / 16) * LANES + l)
                                        >> (16 * ((place >> 3) & 1)));
                                int eight = 2 * part;
                                int signs = words.get(block + (48 + (part >> 1)) * LANES);
                                float lower = whole * ((signs << (24 - 8 * (eight & 3))) >> 24);
                                float upper = whole * ((signs << (16 - 8 * (eight & 3))) >> 24);
                                for (int u = 0; u < 8; u++) {
                                    int word = words.get(block + (16 * (part >> 2) + 8 * (part & 1) + u) * LANES)
                                            >> (4 * ((part >> 1) & 1));
                                    int bits =
                                            words.get(block + (32 + 8 * (part >> 2) + u) * LANES) >> (2 * (part & 3));
                                    float scale = lower + (u >> 2) * (upper - lower);
                                    weights[at + 4 * u * LANES] = scale * ((word & 15) + 16 * (bits & 3) - 32);
                                    weights[at + (4 * u + 1) * LANES] =
                                            scale * (((word >> 8) & 15) + 16 * ((bits >> 8) & 3) - 32);
                                    weights[at + (4 * u + 2) * LANES] =
                                            scale * (((word >> 16) & 15) + 16 * ((bits >> 16) & 3) - 32);
                                    weights[at + (4 * u + 3) * LANES] =
                                            scale * (((word >> 24) & 15) + 16 * ((bits >> 24) & 3) - 32);
                                }
                            }
                        }
                        for (int t = 0; t < tokens; t++) {
                            int sum = (slice * tokens + t) * padded + tile * LANES;
                            for (int k = 0; k < STEP; k += 8) {
                                int c = t * panel + step * STEP + k;
                                int w = out + k * LANES;
                                float x0 = xs[c];
                                float x1 = xs[c + 1];
                                float x2 = xs[c + 2];
                                float x3 = xs[c + 3];
                                float x4 = xs[c + 4];
                                float x5 = xs[c + 5];
                                float x6 = xs[c + 6];
                                float x7 = xs[c + 7];
                                for (int l = lane; l < LANES; l += lanes) {
                                    sums[sum + l] += weights[w + l] * x0
                                            + weights[w + LANES + l] * x1
                                            + weights[w + 2 * LANES + l] * x2
                                            + weights[w + 3 * LANES + l] * x3
                                            + weights[w + 4 * LANES + l] * x4
                                            + weights[w + 5 * LANES + l] * x5
                                            + weights[w + 6 * LANES + l] * x6
                                            + weights[w + 7 * LANES + l] * x7;
                                }
                            }
                        }
                    }
                }
                context.localBarrier();
            }
            int bias = tasks.get(term + TermLayout.BIAS);
            int biased = tasks.get(term + TermLayout.BIASED);
            float weight = floats.get(tasks.get(term + TermLayout.WEIGHT));
            for (int t = 0; t < tokens; t++) {
                float factor = inverse[t];
                for (int i = item; i < count; i += items) {
                    float value = 0.0f;
                    if (kind == TermLayout.PRODUCT) {
                        for (int s = 0; s < slices; s++) {
                            value += sums[(s * tokens + t) * padded + before + i];
                        }
                        value = value * factor;
                    } else {
                        value = buffers.get(x + t * stride + first + i)
                                * factor
                                * floats.get(gain + (first + i) * normed);
                    }
                    value = (value + floats.get(bias + (first + i) * biased)) * weight;
                    if (number > 0) {
                        float other = result[t * count + i];
                        if (combination == JobLayout.SUM) {
                            value = other + value;
                        } else {
                            value = other * value;
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
                    result[t * count + i] = value;
                }
            }
            context.localBarrier();
        }
        int headNormed = tokens > 0 ? tasks.get(job + JobLayout.HEAD_NORMED) : 0;
        int headGain = tasks.get(job + JobLayout.HEAD_GAIN);
        float headEpsilon = floats.get(tasks.get(job + JobLayout.HEAD_EPSILON));
        for (int t = 0; t < headNormed * tokens; t++) {
            float squares = 0.0f;
            for (int i = item; i < count; i += items) {
                squares += result[t * count + i] * result[t * count + i];
            }
            parts[item] = squares;
            context.localBarrier();
            float total = 0.0f;
            for (int i = 0; i < items; i++) {
                total += parts[i];
            }
            float factor = 1.0f / TornadoMath.sqrt(total / count + headEpsilon);
            for (int i = item; i < count; i += items) {
                result[t * count + i] = result[t * count + i] * factor * floats.get(headGain + i);
            }
            context.localBarrier();
        }
        int pairs = tasks.get(job + JobLayout.PAIRS);
        int adjacent = tasks.get(job + JobLayout.ADJACENT);
        int target = tasks.get(job + JobLayout.TARGET);
        int stride = tasks.get(job + JobLayout.STRIDE);
        int ys = tasks.get(job + JobLayout.Y);
        int cached = ys + state.get(StateLayout.POSITION) * stride;
        for (int t = 0; t < tokens; t++) {
            int angle = tasks.get(job + JobLayout.ANGLES) + (t0 + t + skipped) * 2 * pairs;
            int y = (t0 + t) * stride + first;
            for (int i = item; i < count; i += items) {
                float value = result[t * count + i];
                if (i < 2 * pairs) {
                    int second = adjacent == 1 ? i & 1 : i / pairs;
                    int pair = adjacent == 1 ? i / 2 : i - second * pairs;
                    int distance = adjacent == 1 ? 1 : pairs;
                    float other = result[t * count + i + distance * (1 - 2 * second)];
                    float cosine = angles.get(angle + pair);
                    float sine = angles.get(angle + pairs + pair);
                    value = value * cosine + (2 * second - 1) * other * sine;
                }
                if (target == JobLayout.BUFFERS) {
                    buffers.set(ys + y + i, value);
                } else if (target == JobLayout.CACHE) {
                    cache.set(cached + y + i, value);
                } else {
                    logits.set(ys + y + i, value);
                }
            }
        }
    }
}
