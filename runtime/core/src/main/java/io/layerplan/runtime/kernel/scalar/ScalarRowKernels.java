package io.layerplan.runtime.kernel.scalar;

import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.PartialAttention;
import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.QueryRows;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;

/// The definitions as an executor's kernels: slow, and what the fast ones are measured against.
public final class ScalarRowKernels implements RowKernels {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void normalize(float[] x, int xOffset, float[] gain, float epsilon, int size, float[] y, int yOffset) {
        ScalarRmsNorm.normalize(x, xOffset, gain, epsilon, size, y, yOffset);
    }

    @Override
    public void activate(Activation activation, float[] x, int xOffset, int size, float[] y, int yOffset) {
        ScalarActivation.activate(activation, x, xOffset, size, y, yOffset);
    }

    @Override
    public void multiply(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset) {
        ScalarElementwise.multiply(a, aOffset, b, bOffset, size, y, yOffset);
    }

    @Override
    public void add(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset) {
        ScalarElementwise.add(a, aOffset, b, bOffset, size, y, yOffset);
    }

    @Override
    public void scale(float factor, float[] x, int xOffset, int size, float[] y, int yOffset) {
        ScalarElementwise.scale(factor, x, xOffset, size, y, yOffset);
    }

    @Override
    public void addScaled(float factor, float[] x, int xOffset, int size, float[] y, int yOffset) {
        ScalarElementwise.addScaled(factor, x, xOffset, size, y, yOffset);
    }

    @Override
    public void quantize(float[] x, int xOffset, int size, float[] y, int yOffset) {
        int block = ScalarQuantizeActivations.BLOCK;
        byte[] codes = new byte[size];
        float[] scales = new float[Math.ceilDiv(size, block)];
        ScalarQuantizeActivations.quantize(x, xOffset, size, codes, 0, scales, 0);
        for (int i = 0; i < size; i++) {
            y[yOffset + i] = scales[i / block] * codes[i];
        }
    }

    @Override
    public void quantize(float[] x, int xOffset, int size, QuantisedRow row) {
        int block = ScalarQuantizeActivations.BLOCK;
        byte[] codes = new byte[size];
        float[] scales = new float[size / block];
        ScalarQuantizeActivations.quantize(x, xOffset, size, codes, 0, scales, 0);
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = codes[i];
        }
        row.reserve(size);
        for (int b = 0; b < scales.length; b++) {
            row.set(b, scales[b], numbers, b * block);
        }
    }

    @Override
    public void turn(
            Rope rope,
            float[] cosines,
            float[] sines,
            int anglesOffset,
            int headSize,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        ScalarRope.turn(x, xOffset, headSize, rope, cosines, sines, anglesOffset, y, yOffset);
    }

    @Override
    public void attend(
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
        int size = blocks.headSize();
        int count = Math.min(to, position + queries.tokens()) - from;
        if (count <= 0) {
            return;
        }
        float[] keys = new float[count * size];
        float[] values = new float[count * size];
        gather(blocks, head, from, count, keys, values, scratch);
        Heads heads = new Heads(1, 1, size, scale);
        for (int row = 0; row < queries.count(); row++) {
            int token = position + queries.token(row);
            int first = Math.max(from, ScalarAttention.firstVisible(token, window)) - from;
            int visible = Math.min(to, token + 1) - from - first;
            if (visible > 0) {
                int query = queries.offset(row, size);
                ScalarAttention.addPart(
                        queries.x(), query, heads, keys, values, first * size, size, visible, y, yRow + row);
            }
        }
    }

    @Override
    public void merge(PartialAttention x, int xRow, PartialAttention y, int yRow, int rows, int size) {
        for (int r = xRow; r < xRow + rows; r++) {
            ScalarAttention.merge(x.values(), x.offset(r), x.largest(r), x.total(r), y, yRow + r - xRow, size);
        }
    }

    private static void gather(
            KeyValueBlocks blocks, int head, int first, int count, float[] keys, float[] values, Scratch scratch) {
        int size = blocks.headSize();
        for (int p = 0; p < count; p++) {
            int block = (first + p) / KeyValueBlocks.POSITIONS;
            int column = (first + p) % KeyValueBlocks.POSITIONS;
            float[] x = blocks.keys(block, head, scratch);
            for (int i = 0; i < size; i++) {
                keys[p * size + i] = x[blocks.keyOffset(head) + i * KeyValueBlocks.POSITIONS + column];
            }
            x = blocks.values(block, head, column + 1, scratch);
            System.arraycopy(x, blocks.valueOffset(head) + column * blocks.valueStride(), values, p * size, size);
        }
    }

    @Override
    public int packFrom() {
        return 2;
    }

    @Override
    public int packedTokens(int tokens) {
        return tokens;
    }

    @Override
    public int packTokens() {
        return 16;
    }

    @Override
    public void pack(
            float[] x, int xOffset, int xStride, int first, int tokens, int columns, float[] panels, int panelsOffset) {
        for (int t = 0; t < tokens; t++) {
            System.arraycopy(x, xOffset + t * xStride, panels, panelsOffset + (first + t) * columns, columns);
        }
    }

    @Override
    public boolean packsCodes() {
        return false;
    }

    @Override
    public void pack(float[] x, int xOffset, int xStride, int first, int tokens, int columns, QuantisedPanels panels) {
        throw new UnsupportedOperationException("scalar products take floats");
    }

    @Override
    public int sum(MemorySegment words, long from, long bytes, int streams) {
        return ScalarRead.sum(words, from, bytes);
    }

    @Override
    public MatrixKernel matrix(Matrix weight) {
        return new ScalarMatrix(weight);
    }

    @Override
    public boolean takesGroups(NumericMode mode, ElementType type) {
        return false;
    }

    @Override
    public MatrixKernel grouped(Matrix weight) {
        throw new IllegalArgumentException("scalar products take rows as files have them");
    }

    @Override
    public MatrixKernel grouped(ElementType type, int rows, int columns, MemorySegment data) {
        throw new IllegalArgumentException("scalar products take rows as files have them");
    }
}
