package io.layerplan.runtime.cpu;

import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch.Use;
import org.jspecify.annotations.Nullable;

/// What the products of a launch read, prepared once for all of them. For a few tokens every worker normalises
/// the rows for itself, which is cheaper than waiting for another one; for many they are normalised and packed
/// together, before the first product begins.
final class BoundInput implements Stage.Part {
    /// Rows that are prepared at a time where they stay rows.
    private static final int ROWS_OF_A_UNIT = 64;

    private final RowKernels kernels;
    private final Rows x;
    private final Rows result;
    private final float @Nullable [] gain;
    private final float epsilon;
    private final boolean quantised;
    private final boolean packed;
    private final int slot;

    /// @param result rows of what is computed from this input: the last rows of `x` belong to them
    /// @param gain   of the norm on the way in, null where there is none
    /// @param quantised whether rows go through 8-bit integers on the way in
    /// @param packed whether many tokens are packed for products, or stay rows
    /// @param slot   the input's number in its launch
    BoundInput(
            RowKernels kernels,
            Rows x,
            Rows result,
            float @Nullable [] gain,
            float epsilon,
            boolean quantised,
            boolean packed,
            int slot) {
        this.kernels = kernels;
        this.x = x;
        this.result = result;
        this.gain = gain;
        this.epsilon = epsilon;
        this.quantised = quantised;
        this.packed = packed;
        this.slot = slot;
    }

    /// Whether a batch is prepared together.
    boolean isShared(Batch batch) {
        return result.count(batch) >= kernels.packFrom();
    }

    /// How many units prepare a batch.
    int units(Batch batch) {
        if (!isShared(batch)) {
            return 0;
        }
        int rows = result.count(batch);
        int tokens = packed ? kernels.packedTokens(rows) : rows;
        batch.reservePanels(slot, Math.multiplyExact(tokens, x.width()));
        return Math.ceilDiv(rows, unitRows());
    }

    private int unitRows() {
        return packed ? kernels.packTokens() : ROWS_OF_A_UNIT;
    }

    /// Prepares a unit of a batch.
    @Override
    public void run(Batch batch, int unit, Worker worker) {
        int rows = result.count(batch);
        int first = unit * unitRows();
        int count = Math.min(unitRows(), rows - first);
        int row = x.firstFor(batch, rows) + first;
        int width = x.width();
        float[] panels = batch.panels(slot);
        if (!packed) {
            transform(batch, row, count, panels, first * width);
        } else if (isPlain()) {
            float[] array = x.array(batch);
            int offset = x.offset(batch, row);
            kernels.pack(array, offset, x.stride(), first, count, width, panels, 0);
        } else {
            float[] rowsIn = worker.scratch().floats(Use.INPUT, count * width);
            transform(batch, row, count, rowsIn, 0);
            kernels.pack(rowsIn, 0, width, first, count, width, panels, 0);
        }
    }

    /// Whether rows are read as they are.
    private boolean isPlain() {
        return gain == null && !quantised;
    }

    /// The array that holds what was prepared, packed or not, or the rows themselves.
    float[] array(Batch batch, Worker worker) {
        if (isShared(batch)) {
            return batch.panels(slot);
        }
        if (isPlain()) {
            return x.array(batch);
        }
        if (!worker.hasPrepared(slot)) {
            int rows = result.count(batch);
            float[] own = worker.reserveInput(slot, rows * x.width());
            transform(batch, x.firstFor(batch, rows), rows, own, 0);
            worker.prepared(slot);
        }
        return worker.input(slot);
    }

    /// Row `row` of the result as codes and scales, for an input that goes through integers and is not shared.
    QuantisedRow codes(Batch batch, int row, Worker worker) {
        int width = x.width();
        if (!worker.hasQuantised(slot)) {
            int rows = result.count(batch);
            QuantisedRow[] own = worker.reserveCodes(slot, rows);
            float[] normalised =
                    gain == null ? x.array(batch) : worker.scratch().floats(Use.INPUT, width);
            for (int t = 0; t < rows; t++) {
                int from = x.offset(batch, x.firstFor(batch, rows) + t);
                if (gain == null) {
                    kernels.quantize(normalised, from, width, own[t]);
                } else {
                    kernels.normalize(x.array(batch), from, gain, epsilon, width, normalised, 0);
                    kernels.quantize(normalised, 0, width, own[t]);
                }
            }
            worker.quantised(slot);
        }
        return worker.codes(slot)[row];
    }

    /// Where row `row` of the result starts in [#array]; not for packed batches.
    int offset(Batch batch, int row) {
        if (isShared(batch) || !isPlain()) {
            return row * x.width();
        }
        return x.offset(batch, x.firstFor(batch, result.count(batch)) + row);
    }

    /// Normalises and quantises rows into `y`.
    private void transform(Batch batch, int row, int count, float[] y, int yOffset) {
        int width = x.width();
        float[] array = x.array(batch);
        for (int t = 0; t < count; t++) {
            int from = x.offset(batch, row + t);
            int to = yOffset + t * width;
            if (gain == null) {
                System.arraycopy(array, from, y, to, width);
            } else {
                kernels.normalize(array, from, gain, epsilon, width, y, to);
            }
            if (quantised) {
                kernels.quantize(y, to, width, y, to);
            }
        }
    }
}
