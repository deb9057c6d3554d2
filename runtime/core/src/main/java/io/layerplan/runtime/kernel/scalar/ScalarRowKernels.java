package io.layerplan.runtime.kernel.scalar;

import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tensor.Matrix;

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
        int size = blocks.headSize();
        int first = ScalarAttention.firstVisible(position, window);
        int count = position + tokens - first;
        float[] keys = new float[count * size];
        float[] values = new float[count * size];
        gather(blocks, head, first, count, keys, values);
        Heads heads = new Heads(1, 1, size, scale);
        for (int t = 0; t < tokens; t++) {
            int from = ScalarAttention.firstVisible(position + t, window) - first;
            int visible = position + t + 1 - first - from;
            int query = queriesOffset + t * queriesStride;
            ScalarAttention.attendHead(
                    queries, query, heads, keys, values, from * size, size, visible, y, yOffset + t * yStride);
        }
    }

    private static void gather(KeyValueBlocks blocks, int head, int first, int count, float[] keys, float[] values) {
        int size = blocks.headSize();
        for (int p = 0; p < count; p++) {
            int block = (first + p) / KeyValueBlocks.POSITIONS;
            int column = (first + p) % KeyValueBlocks.POSITIONS;
            for (int i = 0; i < size; i++) {
                keys[p * size + i] = blocks.keys(block)[blocks.keyOffset(head) + i * KeyValueBlocks.POSITIONS + column];
            }
            int at = blocks.valueOffset(head) + column * blocks.valueStride();
            System.arraycopy(blocks.values(block), at, values, p * size, size);
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
    public MatrixKernel matrix(Matrix weight) {
        return new ScalarMatrix(weight);
    }
}
