package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Worker;
import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.program.Target;
import java.util.Optional;

/// A projection, with what happens to its result before it is stored.
///
/// @param rows   the rows of the target, or of the input where the target is a slot
/// @param heads  what happens to each head of the result
public record MatMulJob(BoundMatrix product, Optional<BoundHeads> heads, Rows rows, Target target, ColumnBlocks blocks)
        implements Job {
    @Override
    public int units(Batch batch) {
        return rows.count(batch) == 0 ? 0 : blocks.units(product.input().isShared(batch));
    }

    @Override
    public void run(Batch batch, int unit, Worker worker) {
        boolean packed = product.input().isShared(batch);
        int from = blocks.from(unit, packed);
        int to = blocks.to(unit, packed);
        int count = rows.count(batch);
        switch (target) {
            case Target.Activations(var _) -> {
                float[] y = rows.array(batch);
                compute(batch, count, from, to, y, rows.offset(batch, 0), rows.stride(), worker);
            }
            case Target.Keys(int slot) -> {
                float[] y = aside(batch, count, from, to, worker);
                KeyValueBlocks store = batch.slot(slot);
                for (int row = 0; row < count; row++) {
                    store.writeKeys(batch.position() + row, from, to - from, y, row * (to - from));
                }
            }
            case Target.Values(int slot) -> {
                float[] y = aside(batch, count, from, to, worker);
                KeyValueBlocks store = batch.slot(slot);
                for (int row = 0; row < count; row++) {
                    store.writeValues(batch.position() + row, from, to - from, y, row * (to - from));
                }
            }
        }
    }

    /// Computes columns into scratch: row after row of `to - from` elements.
    private float[] aside(Batch batch, int count, int from, int to, Worker worker) {
        float[] y = worker.scratch().floats(Use.RESULT, count * (to - from));
        compute(batch, count, from, to, y, -from, to - from, worker);
        return y;
    }

    private void compute(Batch batch, int count, int from, int to, float[] y, int yOffset, int yStride, Worker worker) {
        product.multiply(batch, count, from, to, y, yOffset, yStride, worker);
        if (heads.isPresent()) {
            // Rows for outputs are those of the last tokens, and have their positions.
            int first = batch.tokens() - count;
            for (int row = 0; row < count; row++) {
                heads.get().apply(batch, first + row, y, yOffset + row * yStride + from, to - from);
            }
        }
    }
}
