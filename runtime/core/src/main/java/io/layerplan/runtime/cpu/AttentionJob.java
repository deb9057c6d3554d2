package io.layerplan.runtime.cpu;

import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.program.Heads;

/// Attention over a slot: a unit is some query heads and some tokens. How they are grouped changes no bit.
record AttentionJob(RowKernels kernels, Rows queries, int slot, int window, Heads heads, Rows y) implements Job {
    private static final int TOKENS_PER_UNIT = 48;
    private static final long UNIT_PRODUCTS = 32 << 10;

    private int headsPerUnit(Batch batch) {
        long products =
                (long) (batch.position() + batch.tokens()) * heads.size() * Math.min(TOKENS_PER_UNIT, y.count(batch));
        return Math.clamp(UNIT_PRODUCTS / products, 1, heads.queries());
    }

    @Override
    public int units(Batch batch) {
        int rows = y.count(batch);
        return rows == 0 ? 0 : Math.ceilDiv(heads.queries(), headsPerUnit(batch)) * Math.ceilDiv(rows, TOKENS_PER_UNIT);
    }

    @Override
    public void run(Batch batch, int unit, Worker worker) {
        int rows = y.count(batch);
        int perUnit = headsPerUnit(batch);
        int headUnits = Math.ceilDiv(heads.queries(), perUnit);
        int first = unit / headUnits * TOKENS_PER_UNIT;
        int count = Math.min(TOKENS_PER_UNIT, rows - first);
        int query = queries.firstFor(batch, rows) + first;
        int position = batch.position() + batch.tokens() - rows + first;
        int end = Math.min(heads.queries(), (unit % headUnits + 1) * perUnit);
        KeyValueBlocks blocks = batch.slot(slot);
        for (int head = unit % headUnits * perUnit; head < end; head++) {
            kernels.attend(
                    queries.array(batch),
                    queries.offset(batch, query) + head * heads.size(),
                    queries.stride(),
                    count,
                    position,
                    blocks,
                    head / (heads.queries() / heads.keyValues()),
                    window,
                    (float) heads.scale(),
                    y.array(batch),
                    y.offset(batch, first) + head * heads.size(),
                    y.stride(),
                    worker.scratch());
        }
    }
}
