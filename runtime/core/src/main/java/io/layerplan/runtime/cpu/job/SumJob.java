package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Worker;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch.Use;
import java.util.List;

/// A sum with products among its terms, split over columns: `y ← fma(weight_i, term_i, y)`, from left to right.
///
/// @param aside whether `y` is also a term that is not the first, so that the sum is formed elsewhere
public record SumJob(RowKernels kernels, List<BoundTerm> terms, Rows y, boolean aside, ColumnBlocks blocks)
        implements Job {
    /// A term of a sum.
    public sealed interface BoundTerm {
        float weight();

        /// Rows as they are.
        record Plain(Rows x, float weight) implements BoundTerm {}

        /// Rows that are normalised on the way in.
        record Normed(BoundInput x, float weight) implements BoundTerm {}

        /// A product.
        record Product(BoundMatrix product, float weight) implements BoundTerm {}
    }

    private boolean isPacked(Batch batch) {
        for (BoundTerm term : terms) {
            if (term instanceof BoundTerm.Product(var product, var _)) {
                return product.input().isShared(batch);
            }
        }
        return false;
    }

    @Override
    public int units(Batch batch) {
        return y.count(batch) == 0 ? 0 : blocks.units(isPacked(batch));
    }

    @Override
    public void run(Batch batch, int unit, Worker worker) {
        boolean packed = isPacked(batch);
        int from = blocks.from(unit, packed);
        int to = blocks.to(unit, packed);
        int width = to - from;
        int rows = y.count(batch);
        float[] sum = aside ? worker.scratch().floats(Use.GATE, rows * width) : y.array(batch);
        int sumOffset = aside ? 0 : y.offset(batch, 0) + from;
        int sumStride = aside ? width : y.stride();
        for (int i = 0; i < terms.size(); i++) {
            add(batch, terms.get(i), i == 0, rows, from, to, sum, sumOffset, sumStride, worker);
        }
        if (aside) {
            for (int row = 0; row < rows; row++) {
                System.arraycopy(sum, row * width, y.array(batch), y.offset(batch, row) + from, width);
            }
        }
    }

    private void add(
            Batch batch,
            BoundTerm term,
            boolean isFirst,
            int rows,
            int from,
            int to,
            float[] sum,
            int sumOffset,
            int sumStride,
            Worker worker) {
        int width = to - from;
        float[] result = new float[0];
        if (term instanceof BoundTerm.Product(var product, var _)) {
            result = worker.scratch().floats(Use.RESULT, rows * width);
            product.multiply(batch, rows, from, to, result, -from, width, worker);
        }
        for (int row = 0; row < rows; row++) {
            int at = sumOffset + row * sumStride;
            switch (term) {
                case BoundTerm.Plain(Rows x, float weight) -> {
                    int offset = x.offset(batch, x.firstFor(batch, rows) + row) + from;
                    accumulate(isFirst, weight, x.array(batch), offset, width, sum, at);
                }
                case BoundTerm.Normed(BoundInput x, float weight) ->
                    accumulate(isFirst, weight, x.array(batch, worker), x.offset(batch, row) + from, width, sum, at);
                case BoundTerm.Product(var _, float weight) ->
                    accumulate(isFirst, weight, result, row * width, width, sum, at);
            }
        }
    }

    private void accumulate(boolean isFirst, float weight, float[] x, int xOffset, int size, float[] y, int yOffset) {
        if (isFirst) {
            kernels.scale(weight, x, xOffset, size, y, yOffset);
        } else {
            kernels.addScaled(weight, x, xOffset, size, y, yOffset);
        }
    }
}
