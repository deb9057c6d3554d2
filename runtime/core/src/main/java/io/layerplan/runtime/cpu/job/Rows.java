package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.View;

/// A view bound to its buffer: where the rows that a job reads or writes lie.
public record Rows(Buffer buffer, View view) {
    int width() {
        return view.width();
    }

    int stride() {
        return buffer.width();
    }

    public float[] array(Batch batch) {
        return batch.buffers().array(buffer.id());
    }

    /// Where row `row` of the view starts.
    public int offset(Batch batch, int row) {
        return batch.buffers().start(buffer.id()) + row * buffer.width() + view.offset();
    }

    /// How many rows there are.
    int count(Batch batch) {
        return buffer.rows() == Buffer.Rows.TOKENS ? batch.tokens() : batch.outputs();
    }

    /// The row that belongs to row 0 of a result: where the result has a row for each output and this one for each
    /// token, the last rows are read.
    public int firstFor(Batch batch, int resultRows) {
        return count(batch) - resultRows;
    }
}
