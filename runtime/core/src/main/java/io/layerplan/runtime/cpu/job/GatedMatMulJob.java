package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.Worker;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.program.Activation;

/// The first half of a gated feed-forward: `activation(gate · x) ⊙ up · x`.
public record GatedMatMulJob(
        RowKernels kernels, BoundMatrix gate, BoundMatrix up, Activation activation, Rows y, ColumnBlocks blocks)
        implements Job {
    @Override
    public int units(Batch batch) {
        return y.count(batch) == 0 ? 0 : blocks.units(gate.input().isShared(batch));
    }

    @Override
    public void run(Batch batch, int unit, Worker worker) {
        boolean packed = gate.input().isShared(batch);
        int from = blocks.from(unit, packed);
        int to = blocks.to(unit, packed);
        int width = to - from;
        int rows = y.count(batch);
        float[] gates = worker.scratch().floats(Use.GATE, rows * width);
        gate.multiply(batch, rows, from, to, gates, -from, width, worker);
        float[] result = y.array(batch);
        up.multiply(batch, rows, from, to, result, y.offset(batch, 0), y.stride(), worker);
        kernels.activate(activation, gates, 0, rows * width, gates, 0);
        for (int row = 0; row < rows; row++) {
            int at = y.offset(batch, row) + from;
            kernels.multiply(gates, row * width, result, at, width, result, at);
        }
    }
}
