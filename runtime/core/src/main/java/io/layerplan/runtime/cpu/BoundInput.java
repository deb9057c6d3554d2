package io.layerplan.runtime.cpu;

import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch.Use;
import org.jspecify.annotations.Nullable;

/// What the products of a launch read, prepared once for all of them. For a few tokens every worker normalises the
/// rows for itself, which is cheaper than waiting for another one; for many they are normalised and packed
/// together, before the first product begins.
final class BoundInput {
    private final RowKernels kernels;
    private final Rows x;
    private final Rows result;
    private final float @Nullable [] gain;
    private final float epsilon;
    private final boolean packed;
    private final int slot;

    /// @param result rows of what is computed from this input: the last rows of `x` belong to them
    /// @param gain   of the norm on the way in, null where there is none
    /// @param packed whether many tokens are packed for products, or stay rows
    /// @param slot   the input's number in its launch
    BoundInput(
            RowKernels kernels, Rows x, Rows result, float @Nullable [] gain, float epsilon, boolean packed, int slot) {
        this.kernels = kernels;
        this.x = x;
        this.result = result;
        this.gain = gain;
        this.epsilon = epsilon;
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
        int size = Math.multiplyExact(packed ? kernels.packedTokens(rows) : rows, x.width());
        batch.reservePanels(slot, size);
        return Math.ceilDiv(rows, kernels.packTokens());
    }

    /// Prepares a unit of a batch.
    void prepare(Batch batch, int unit, Worker worker) {
        int rows = result.count(batch);
        int first = unit * kernels.packTokens();
        int count = Math.min(kernels.packTokens(), rows - first);
        int row = x.firstFor(batch, rows) + first;
        int width = x.width();
        if (!packed) {
            normalize(batch, row, count, batch.panels(slot), first * width);
        } else if (gain == null) {
            kernels.pack(x.array(batch), x.offset(batch, row), x.stride(), first, count, width, batch.panels(slot), 0);
        } else {
            float[] normed = worker.scratch().floats(Use.INPUT, count * width);
            normalize(batch, row, count, normed, 0);
            kernels.pack(normed, 0, width, first, count, width, batch.panels(slot), 0);
        }
    }

    /// The array that holds what was prepared, packed or not, or the rows themselves.
    float[] array(Batch batch, Worker worker) {
        if (isShared(batch)) {
            return batch.panels(slot);
        }
        if (gain == null) {
            return x.array(batch);
        }
        if (!worker.hasPrepared(slot, batch.dispatch())) {
            int rows = result.count(batch);
            float[] normed = worker.reserveInput(slot, rows * x.width());
            normalize(batch, x.firstFor(batch, rows), rows, normed, 0);
            worker.prepared(slot, batch.dispatch());
        }
        return worker.input(slot);
    }

    /// Where row `row` of the result starts in [#array]; not for packed batches.
    int offset(Batch batch, int row) {
        if (isShared(batch) || gain != null) {
            return row * x.width();
        }
        return x.offset(batch, x.firstFor(batch, result.count(batch)) + row);
    }

    private void normalize(Batch batch, int row, int count, float[] y, int yOffset) {
        float[] factors = java.util.Objects.requireNonNull(gain);
        int width = x.width();
        float[] array = x.array(batch);
        for (int t = 0; t < count; t++) {
            kernels.normalize(array, x.offset(batch, row + t), factors, epsilon, width, y, yOffset + t * width);
        }
    }
}
