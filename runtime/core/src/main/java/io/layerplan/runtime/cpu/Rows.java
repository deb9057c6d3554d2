package io.layerplan.runtime.cpu;

import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.View;

/// A view bound to its buffer: where the rows that a job reads or writes lie.
record Rows(Buffer buffer, View view) {
    int width() {
        return view.width();
    }

    int stride() {
        return buffer.width();
    }

    float[] array(Batch batch) {
        return batch.buffers().array(buffer.id());
    }

    /// Where row `row` of the view starts.
    int offset(Batch batch, int row) {
        return batch.buffers().start(buffer.id()) + row * buffer.width() + view.offset();
    }

    /// How many rows there are.
    int count(Batch batch) {
        return buffer.rows() == Buffer.Rows.TOKENS ? batch.tokens() : batch.outputs();
    }

    /// The row that belongs to row 0 of a result: where the result has a row for each output and this one for each
    /// token, the last rows are read.
    int firstFor(Batch batch, int resultRows) {
        return count(batch) - resultRows;
    }
}
