package io.layerplan.runtime.kernel;

import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;

/// The operations that jobs are made of, on rows of floats given by array and offset. Where nothing else is
/// said, a result may overwrite an operand that starts at the same element. The formulas are those of
/// `io.layerplan.runtime.kernel.scalar`, the rounding of sums is each implementation's own; calls with the same
/// operands give the same bits, compiled or interpreted, on every thread.
public interface RowKernels {
    /// The rows of a weight that products with many tokens take together: work is best split at multiples of it.
    int TILE_ROWS = 64;

    /// What logs and `--stats` call this implementation: `scalar`, `vector (512 bits)`, or `vector (512
    /// bits, integer prefill)` where [#packsCodes].
    String name();

    /// `y_i = gain_i · x_i / √(mean(x²) + epsilon)`.
    void normalize(float[] x, int xOffset, float[] gain, float epsilon, int size, float[] y, int yOffset);

    /// `y_i = activation(x_i)`.
    void activate(Activation activation, float[] x, int xOffset, int size, float[] y, int yOffset);

    /// `y_i = a_i · b_i`.
    void multiply(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset);

    /// `y_i = a_i + b_i`.
    void add(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset);

    /// `y_i = factor · x_i`.
    void scale(float factor, float[] x, int xOffset, int size, float[] y, int yOffset);

    /// `y_i = fma(factor, x_i, y_i)`.
    void addScaled(float factor, float[] x, int xOffset, int size, float[] y, int yOffset);

    /// What `x` is once it went through 8-bit integers, in blocks of 32 as
    /// `io.layerplan.runtime.kernel.scalar.ScalarQuantizeActivations` has them: `y_i = scale · q_i` to the bit.
    void quantize(float[] x, int xOffset, int size, float[] y, int yOffset);

    /// The codes and scales of whole blocks of 32: `scale · code` is what the other method gives.
    void quantize(float[] x, int xOffset, int size, QuantisedRow row);

    /// Turns one head of size `headSize` by the angles whose cosines and sines stand from `anglesOffset` on.
    void turn(
            Rope rope,
            float[] cosines,
            float[] sines,
            int anglesOffset,
            int headSize,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset);

    /// Adds to rows of `y` what queries see among the positions `from .. to - 1`, which rounds in the same way
    /// whatever tokens and heads they come with: keys and values are read once for all of them.
    ///
    /// @param position of the first token of `queries`
    /// @param head     the key/value head
    /// @param from     a multiple of [KeyValueBlocks#POSITIONS]
    /// @param window   a position sees itself and the `window - 1` positions before it; 0 is all of them
    /// @param y        rows of at least [KeyValueBlocks#valueStride] elements
    /// @param yRow     which of them belongs to the first row of `queries`
    void attend(
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
            Scratch scratch);

    /// Adds the `rows` rows of `x` from `xRow` on, of `size` elements, to those of `y` from `yRow` on.
    void merge(PartialAttention x, int xRow, PartialAttention y, int yRow, int rows, int size);

    /// From how many tokens on products take packed activations.
    int packFrom();

    /// For how many tokens packed activations of `tokens` tokens take room.
    int packedTokens(int tokens);

    /// In how many consecutive tokens activations are packed at a time.
    int packTokens();

    /// Packs the `tokens` rows of `columns` elements at `x` as the tokens from `first` on: `first` is a
    /// multiple of [#packTokens], and `tokens` is as many unless they are the last.
    ///
    /// @param panels room for [#packedTokens] rows of `columns` elements from `panelsOffset`
    void pack(
            float[] x, int xOffset, int xStride, int first, int tokens, int columns, float[] panels, int panelsOffset);

    /// Whether products of integers take many tokens' activations as codes, too, which is a matter of speed; else they
    /// take them as floats that went through [#quantize].
    boolean packsCodes();

    /// Packs rows as the other method does, as codes and scales: they are quantised on the way.
    ///
    /// @param columns whole blocks of 32
    /// @param panels  with room for [#packedTokens] rows
    /// @throws UnsupportedOperationException where kernels have no packed codes
    void pack(float[] x, int xOffset, int xStride, int first, int tokens, int columns, QuantisedPanels panels);

    /// The sum of the 32-bit words of a stretch of memory, modulo 2³², which says how fast it can be read.
    ///
    /// @param bytes   a multiple of `streams` times 4096
    /// @param streams parts of the stretch that may be read side by side: a power of two up to 8
    int sum(MemorySegment words, long from, long bytes, int streams);

    /// Makes a weight ready for products.
    MatrixKernel matrix(Matrix weight);

    /// Whether weights of a format are repacked in groups of rows for products in a numeric mode, by [#grouped].
    boolean takesGroups(NumericMode mode, ElementType type);

    /// Makes a weight ready for products in its [io.layerplan.runtime.kernel.grouped.GroupedLayout]: repacks it, which
    /// takes memory. Where the layout is for integers, the result is a [QuantisedMatrixKernel].
    ///
    /// @throws IllegalArgumentException where its format has no such layout
    MatrixKernel grouped(Matrix weight);

    /// A weight that has been repacked already.
    ///
    /// @param data the weight in the layout of its type
    /// @throws IllegalArgumentException where its format has none
    MatrixKernel grouped(ElementType type, int rows, int columns, MemorySegment data);
}
