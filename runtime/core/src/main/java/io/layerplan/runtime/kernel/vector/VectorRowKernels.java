package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.PartialAttention;
import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.QueryRows;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.kernel.grouped.GroupedRows;
import io.layerplan.runtime.kernel.scalar.ScalarRope;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The vectorised kernels of an executor.
public final class VectorRowKernels implements RowKernels {
    /// Fewer tokens than these go through a weight one by one: decoding it would cost more than it saves.
    private static final int PACK_FROM = 8;

    /// Strips that are packed at a time: as many tokens as a worker may take without waiting long for the others.
    private static final int STRIPS_AT_A_TIME = 8;

    private final VectorOptions options;

    /// Kernels that do all they can.
    public VectorRowKernels() {
        this(new VectorOptions(true, true, true));
    }

    public VectorRowKernels(VectorOptions options) {
        this.options = options;
    }

    /// How wide the machine's vectors are, in bits.
    public static int preferredBits() {
        return VectorWidth.preferred();
    }

    @Override
    public String name() {
        return "vector (%d bits%s)"
                .formatted(Lanes.FLOATS.vectorBitSize(), options.packsCodes() ? ", integer prefill" : "");
    }

    @Override
    public void normalize(float[] x, int xOffset, float[] gain, float epsilon, int size, float[] y, int yOffset) {
        VectorNorm.normalize(x, xOffset, gain, epsilon, size, y, yOffset);
    }

    @Override
    public void activate(Activation activation, float[] x, int xOffset, int size, float[] y, int yOffset) {
        VectorActivation.activate(activation, x, xOffset, size, y, yOffset);
    }

    @Override
    public void multiply(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset) {
        VectorElementwise.multiply(a, aOffset, b, bOffset, size, y, yOffset);
    }

    @Override
    public void add(float[] a, int aOffset, float[] b, int bOffset, int size, float[] y, int yOffset) {
        VectorElementwise.add(a, aOffset, b, bOffset, size, y, yOffset);
    }

    @Override
    public void scale(float factor, float[] x, int xOffset, int size, float[] y, int yOffset) {
        VectorElementwise.scale(factor, x, xOffset, size, y, yOffset);
    }

    @Override
    public void addScaled(float factor, float[] x, int xOffset, int size, float[] y, int yOffset) {
        VectorElementwise.addScaled(factor, x, xOffset, size, y, yOffset);
    }

    @Override
    public void quantize(float[] x, int xOffset, int size, float[] y, int yOffset) {
        VectorQuantize.quantize(x, xOffset, size, y, yOffset);
    }

    @Override
    public void quantize(float[] x, int xOffset, int size, QuantisedRow row) {
        VectorQuantize.quantize(x, xOffset, size, row);
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
        switch (rope.pairing()) {
            case ADJACENT -> ScalarRope.turn(x, xOffset, headSize, rope, cosines, sines, anglesOffset, y, yOffset);
            case HALVES -> {
                int turned = rope.dimensions();
                VectorRope.turnHalves(cosines, sines, anglesOffset, turned / 2, x, xOffset, y, yOffset);
                System.arraycopy(x, xOffset + turned, y, yOffset + turned, headSize - turned);
            }
        }
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
        VectorAttention.attend(queries, position, blocks, head, from, to, window, scale, y, yRow, scratch);
    }

    @Override
    public void merge(PartialAttention x, int xRow, PartialAttention y, int yRow, int rows, int size) {
        for (int r = xRow; r < xRow + rows; r++) {
            VectorAttention.merge(x.values(), x.offset(r), x.largest(r), x.total(r), y, yRow + r - xRow, size);
        }
    }

    @Override
    public int packFrom() {
        return PACK_FROM;
    }

    @Override
    public int packedTokens(int tokens) {
        return VectorStrips.padded(tokens);
    }

    @Override
    public int packTokens() {
        return STRIPS_AT_A_TIME * VectorStrips.TOKENS;
    }

    @Override
    public void pack(
            float[] x, int xOffset, int xStride, int first, int tokens, int columns, float[] panels, int panelsOffset) {
        VectorStrips.pack(x, xOffset, xStride, first, tokens, columns, panels, panelsOffset);
    }

    @Override
    public boolean packsCodes() {
        return options.packsCodes();
    }

    @Override
    public void pack(float[] x, int xOffset, int xStride, int first, int tokens, int columns, QuantisedPanels panels) {
        CodeStrips.pack(x, xOffset, xStride, first, tokens, columns, panels);
    }

    @Override
    public int sum(MemorySegment words, long from, long bytes, int streams) {
        return VectorRead.sum(words, from, bytes, streams);
    }

    @Override
    public MatrixKernel matrix(Matrix weight) {
        return new VectorMatrix(weight, options.multipliesSubnormals());
    }

    @Override
    public boolean takesGroups(NumericMode mode, ElementType type) {
        return options.repack() && GroupedLayout.of(mode, type).isPresent();
    }

    @Override
    public MatrixKernel grouped(Matrix weight) {
        GroupedLayout layout = layout(weight.type());
        MemorySegment data = Arena.ofAuto().allocate(layout.bytes(weight.rows(), weight.columns()), 64);
        GroupedRows.write(weight, layout, data);
        return grouped(weight.type(), weight.rows(), weight.columns(), data);
    }

    @Override
    public MatrixKernel grouped(ElementType type, int rows, int columns, MemorySegment data) {
        GroupedLayout layout = layout(type);
        if (data.byteSize() != layout.bytes(rows, columns)) {
            throw new IllegalArgumentException(
                    "%d x %d of %s are not %d bytes".formatted(rows, columns, layout, data.byteSize()));
        }
        if (layout.hasIntegers()) {
            return new IntegerMatrix(layout, rows, columns, data);
        }
        return options.multipliesSubnormals()
                ? new ScaledMatrix(layout, rows, columns, data)
                : new FloatMatrix(layout, rows, columns, data);
    }

    private static GroupedLayout layout(ElementType type) {
        return GroupedLayout.of(type)
                .orElseThrow(() -> new IllegalArgumentException(type + " has no layout in groups of rows"));
    }
}
