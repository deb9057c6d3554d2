package io.layerplan.runtime.cpu.job;

import io.layerplan.runtime.cpu.pass.Batch;
import io.layerplan.runtime.cpu.pass.RopeAngles;
import io.layerplan.runtime.cpu.pass.Worker;
import io.layerplan.runtime.cpu.weight.Weights;
import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.Scratch.Use;
import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import java.util.List;
import java.util.function.Function;

/// The jobs that compute each row by itself.
public record RowJobs(RowKernels kernels) {
    public Job embed(MatrixKernel table, float scale, Rows y) {
        return RowsJob.of(y, (batch, row, rows, worker) -> {
            int token = batch.token(batch.tokens() - rows + row);
            float[] array = y.array(batch);
            int at = y.offset(batch, row);
            table.decode(token, array, at, worker.scratch());
            if (scale != 1) {
                kernels.scale(scale, array, at, y.width(), array, at);
            }
        });
    }

    public Job norm(Rows x, float[] gain, float epsilon, int groups, Rows y) {
        int size = gain.length;
        return RowsJob.of(y, (batch, row, rows, worker) -> {
            int from = x.offset(batch, x.firstFor(batch, rows) + row);
            int to = y.offset(batch, row);
            for (int group = 0; group < groups; group++) {
                int offset = group * size;
                kernels.normalize(x.array(batch), from + offset, gain, epsilon, size, y.array(batch), to + offset);
            }
        });
    }

    public Job bias(Rows x, float[] bias, Rows y) {
        return RowsJob.of(y, (batch, row, rows, worker) -> {
            int from = x.offset(batch, x.firstFor(batch, rows) + row);
            kernels.add(x.array(batch), from, bias, 0, bias.length, y.array(batch), y.offset(batch, row));
        });
    }

    public Job rotate(Rows x, int rope, int headSize, Rows y) {
        return RowsJob.of(y, (batch, row, rows, worker) -> {
            int token = batch.tokens() - rows + row;
            int from = x.offset(batch, x.firstFor(batch, rows) + row);
            int to = y.offset(batch, row);
            RopeAngles angles = batch.rope(rope);
            for (int at = 0; at < y.width(); at += headSize) {
                BoundHeads.turn(kernels, angles, token, headSize, x.array(batch), from + at, y.array(batch), to + at);
            }
        });
    }

    public Job write(Rows keys, Rows values, int slot) {
        return RowsJob.of(keys, (batch, row, rows, worker) -> {
            KeyValueBlocks blocks = batch.slot(slot);
            int position = batch.position() + row;
            blocks.writeKeys(position, 0, keys.width(), keys.array(batch), keys.offset(batch, row));
            blocks.writeValues(position, 0, values.width(), values.array(batch), values.offset(batch, row));
        });
    }

    public Job activate(Rows x, Activation activation, Rows y) {
        return RowsJob.of(y, (batch, row, rows, worker) -> {
            int from = x.offset(batch, x.firstFor(batch, rows) + row);
            kernels.activate(activation, x.array(batch), from, y.width(), y.array(batch), y.offset(batch, row));
        });
    }

    public Job multiply(Rows a, Rows b, Rows y) {
        return RowsJob.of(y, (batch, row, rows, worker) -> {
            int first = a.offset(batch, a.firstFor(batch, rows) + row);
            int second = b.offset(batch, b.firstFor(batch, rows) + row);
            int to = y.offset(batch, row);
            kernels.multiply(a.array(batch), first, b.array(batch), second, y.width(), y.array(batch), to);
        });
    }

    public Job select(Rows x, Rows y) {
        return RowsJob.of(y, (batch, row, rows, worker) -> {
            int from = x.offset(batch, x.firstFor(batch, rows) + row);
            System.arraycopy(x.array(batch), from, y.array(batch), y.offset(batch, row), y.width());
        });
    }

    /// A sum without products.
    ///
    /// @param aside whether `y` is also a term that is not the first, so that the sum is formed elsewhere
    public Job sum(List<Term> terms, Rows y, boolean aside, Function<View, Rows> rowsOf, Weights weights) {
        List<RowTerm> bound = terms.stream()
                .map(term -> switch (term) {
                    case Term.Plain(View x, float weight) -> new RowTerm(rowsOf.apply(x), new float[0], 0, weight);
                    case Term.Normed(View x, int gain, float epsilon, float weight) ->
                        new RowTerm(rowsOf.apply(x), weights.vector(gain, x.width()), epsilon, weight);
                    case Term.Product _ -> throw new IllegalArgumentException("a product is no row of its own");
                })
                .toList();
        int width = y.width();
        return RowsJob.of(y, (batch, row, rows, worker) -> {
            float[] sum = aside ? worker.scratch().floats(Use.RESULT, width) : y.array(batch);
            int at = aside ? 0 : y.offset(batch, row);
            for (int i = 0; i < bound.size(); i++) {
                add(batch, bound.get(i), row, rows, i == 0, sum, at, worker);
            }
            if (aside) {
                System.arraycopy(sum, 0, y.array(batch), y.offset(batch, row), width);
            }
        });
    }

    /// A term of a sum; an empty gain is no norm.
    private static final class RowTerm {
        private final Rows x;
        private final float[] gain;
        private final float epsilon;
        private final float weight;

        RowTerm(Rows x, float[] gain, float epsilon, float weight) {
            this.x = x;
            this.gain = gain;
            this.epsilon = epsilon;
            this.weight = weight;
        }
    }

    private void add(
            Batch batch, RowTerm term, int row, int rows, boolean isFirst, float[] sum, int at, Worker worker) {
        int width = term.x.width();
        float[] x = term.x.array(batch);
        int from = term.x.offset(batch, term.x.firstFor(batch, rows) + row);
        if (term.gain.length > 0) {
            float[] normed = worker.scratch().floats(Use.INPUT, width);
            kernels.normalize(x, from, term.gain, term.epsilon, width, normed, 0);
            x = normed;
            from = 0;
        }
        if (isFirst) {
            kernels.scale(term.weight, x, from, width, sum, at);
        } else {
            kernels.addScaled(term.weight, x, from, width, sum, at);
        }
    }
}
