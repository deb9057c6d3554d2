package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Stage;
import io.layerplan.runtime.cpu.pass.Worker;
import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.ScaledMatrixKernel;
import io.layerplan.runtime.kernel.ScaledRow;
import io.layerplan.runtime.kernel.Scratch.Use;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the products of a launch read, prepared once for all of them. For a few tokens every worker normalises
/// the rows for itself, which is cheaper than waiting for another one; for many they are normalised and packed
/// together, before the first product begins.
public final class BoundInput implements Stage.Part {
    /// Rows that are prepared at a time where they stay rows.
    private static final int ROWS_OF_A_UNIT = 64;

    private final RowKernels kernels;
    private final Rows x;
    private final Rows result;
    private final float @Nullable [] gain;
    private final float epsilon;
    private final InputForm form;
    private final int slot;

    /// @param result rows of what is computed from this input: the last rows of `x` belong to them
    /// @param gain   of the norm on the way in, null where there is none
    /// @param form   what is made of the rows
    /// @param slot   the input's number in its launch
    public BoundInput(
            RowKernels kernels, Rows x, Rows result, float @Nullable [] gain, float epsilon, InputForm form, int slot) {
        this.kernels = kernels;
        this.x = x;
        this.result = result;
        this.gain = gain;
        this.epsilon = epsilon;
        this.form = form;
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
        int tokens = isPacked() ? kernels.packedTokens(rows) : rows;
        if (form == InputForm.CODES) {
            batch.reserveCodes(slot, tokens, x.width());
        } else {
            batch.reservePanels(slot, Math.multiplyExact(tokens, x.width()));
        }
        return Math.ceilDiv(rows, unitRows());
    }

    private int unitRows() {
        return isPacked() ? kernels.packTokens() : ROWS_OF_A_UNIT;
    }

    private boolean isPacked() {
        return form != InputForm.ROWS;
    }

    /// Prepares a unit of a batch.
    @Override
    public void run(Batch batch, int unit, Worker worker) {
        int rows = result.count(batch);
        int first = unit * unitRows();
        int count = Math.min(unitRows(), rows - first);
        int row = x.firstFor(batch, rows) + first;
        int width = x.width();
        if (!isPacked()) {
            transform(batch, row, count, batch.panels(slot), first * width);
        } else if (isReadAsItIs()) {
            pack(batch, x.array(batch), x.offset(batch, row), x.stride(), first, count);
        } else {
            float[] rowsIn = worker.scratch().floats(Use.INPUT, count * width);
            transform(batch, row, count, rowsIn, 0);
            pack(batch, rowsIn, 0, width, first, count);
        }
    }

    private void pack(Batch batch, float[] rows, int offset, int stride, int first, int count) {
        if (form == InputForm.CODES) {
            kernels.pack(rows, offset, stride, first, count, x.width(), batch.codes(slot));
        } else {
            kernels.pack(rows, offset, stride, first, count, x.width(), batch.panels(slot), 0);
        }
    }

    /// Whether nothing is made of rows before they are packed; codes are made on the way.
    private boolean isReadAsItIs() {
        return gain == null && form != InputForm.QUANTISED;
    }

    /// Whether rows of floats are read as they are.
    private boolean isPlain() {
        return gain == null && (form == InputForm.ROWS || form == InputForm.FLOATS);
    }

    /// Whether many tokens are packed as codes.
    boolean hasCodes() {
        return form == InputForm.CODES;
    }

    /// The codes that were prepared of a batch.
    QuantisedPanels codes(Batch batch) {
        return batch.codes(slot);
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
        if (!worker.codes().has(slot)) {
            int rows = result.count(batch);
            List<QuantisedRow> own = worker.codes().prepare(slot, rows);
            float[] normalised =
                    gain == null ? x.array(batch) : worker.scratch().floats(Use.INPUT, width);
            for (int t = 0; t < rows; t++) {
                int from = x.offset(batch, x.firstFor(batch, rows) + t);
                if (gain == null) {
                    kernels.quantize(normalised, from, width, own.get(t));
                } else {
                    kernels.normalize(x.array(batch), from, gain, epsilon, width, normalised, 0);
                    kernels.quantize(normalised, 0, width, own.get(t));
                }
            }
        }
        return worker.codes().row(slot, row);
    }

    /// Row `row` of the result as `matrix` and its like want it scaled, for an input that is not shared.
    ScaledRow scaled(Batch batch, int row, ScaledMatrixKernel matrix, Worker worker) {
        if (!worker.scaled().has(slot)) {
            int rows = result.count(batch);
            float[] floats = array(batch, worker);
            List<ScaledRow> own = worker.scaled().prepare(slot, rows);
            for (int t = 0; t < rows; t++) {
                matrix.scale(floats, offset(batch, t), own.get(t));
            }
        }
        return worker.scaled().row(slot, row);
    }

    /// Where row `row` of the result starts in [#array]; not for packed batches.
    int offset(Batch batch, int row) {
        if (isShared(batch) || !isPlain()) {
            return row * x.width();
        }
        return x.offset(batch, x.firstFor(batch, result.count(batch)) + row);
    }

    /// Normalises rows into `y`, and takes them through integers where floats are to be packed that went through them.
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
            if (form == InputForm.QUANTISED) {
                kernels.quantize(y, to, width, y, to);
            }
        }
    }
}
