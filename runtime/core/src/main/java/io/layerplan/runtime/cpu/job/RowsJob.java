package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Worker;

/// A job that computes each row by itself.
///
/// @param result      the rows that are computed
/// @param rowsPerUnit rows of a unit
record RowsJob(Rows result, int rowsPerUnit, Operation operation) implements Job {
    private static final int UNIT_ELEMENTS = 8192;

    /// Computes row `row` of a result of `rows` rows.
    interface Operation {
        void apply(Batch batch, int row, int rows, Worker worker);
    }

    static RowsJob of(Rows result, Operation operation) {
        return new RowsJob(result, Math.max(1, UNIT_ELEMENTS / result.width()), operation);
    }

    @Override
    public int units(Batch batch) {
        return Math.ceilDiv(result.count(batch), rowsPerUnit);
    }

    @Override
    public void run(Batch batch, int unit, Worker worker) {
        int rows = result.count(batch);
        int end = Math.min(rows, (unit + 1) * rowsPerUnit);
        for (int row = unit * rowsPerUnit; row < end; row++) {
            operation.apply(batch, row, rows, worker);
        }
    }
}
