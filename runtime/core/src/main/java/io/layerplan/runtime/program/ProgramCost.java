package io.layerplan.runtime.program;

import io.layerplan.runtime.program.Buffer.Rows;
import java.util.List;

/// What a program costs, counted from its text alone: the floor of a decoded token is `weightBytes + kvBytes` divided
/// by the machine's bandwidth.
///
/// @param launches    dispatches, each with a barrier behind it, for every batch
/// @param weightBytes bytes of weights read for one token; a weight read by two jobs counts twice
/// @param weightFlops floating-point operations of a token's matrix products
/// @param kvBytes     bytes of keys and values that every further position of the sequence takes, at 4 an element
/// @param bufferBytes bytes of activation buffers for one token of a batch
/// @param outputBytes bytes of activation buffers for one token whose logits are asked for
public record ProgramCost(
        int launches, long weightBytes, long weightFlops, long kvBytes, long bufferBytes, long outputBytes) {
    public static ProgramCost of(Program program) {
        long bytes = 0;
        long flops = 0;
        for (Launch launch : program.launches()) {
            for (Kernel job : launch.jobs()) {
                bytes += weightBytes(program, job);
                flops += weightFlops(program, job);
            }
        }
        long kv = program.slots().stream()
                .mapToLong(slot -> 2L * Float.BYTES * slot.width())
                .sum();
        return new ProgramCost(
                program.launches().size(),
                bytes,
                flops,
                kv,
                bufferBytes(program, Rows.TOKENS),
                bufferBytes(program, Rows.OUTPUTS));
    }

    /// Bytes of keys and values read to decode the token at `position` (from 0).
    public static long kvBytesRead(Program program, long position, KeyValueFormat format) {
        return program.slots().stream()
                .mapToLong(slot -> 2L * format.bytes() * slot.width() * visible(slot, position))
                .sum();
    }

    /// Floating-point operations of attention for the token at `position` (from 0).
    public static long attentionFlops(Program program, long position) {
        long flops = 0;
        for (Launch launch : program.launches()) {
            for (Kernel job : launch.jobs()) {
                if (job instanceof Kernel.Attention(var _, var slot, var heads, var _)) {
                    long seen = visible(program.slots().get(slot), position);
                    flops += 4L * heads.queries() * heads.size() * seen;
                }
            }
        }
        return flops;
    }

    /// How many positions the token at `position` sees through the slot's window.
    private static long visible(KvSlot slot, long position) {
        return slot.window() == 0 ? position + 1 : Math.min(position + 1, slot.window());
    }

    /// Bytes of matrices that `job` reads for one token; the vectors of norms and biases are too short to count.
    public static long weightBytes(Program program, Kernel job) {
        return job instanceof Kernel.Embed(var table, var _, var _)
                ? rowBytes(program, table)
                : matrices(job).stream()
                        .mapToLong(id -> matrixBytes(program, id))
                        .sum();
    }

    /// Floating-point operations of the matrix products of `job` for one token.
    public static long weightFlops(Program program, Kernel job) {
        return matrices(job).stream()
                .mapToLong(id -> 2L
                        * program.weights().get(id).rows()
                        * program.weights().get(id).columns())
                .sum();
    }

    private static List<Integer> matrices(Kernel job) {
        return switch (job) {
            case Kernel.MatMul matMul -> List.of(matMul.matrix());
            case Kernel.GatedMatMul gated -> List.of(gated.gate(), gated.up());
            case Kernel.Sum sum ->
                sum.terms().stream()
                        .filter(Term.Product.class::isInstance)
                        .map(term -> ((Term.Product) term).matrix())
                        .toList();
            case Kernel.Embed _,
                    Kernel.Norm _,
                    Kernel.Bias _,
                    Kernel.Rotate _,
                    Kernel.KvWrite _,
                    Kernel.Attention _,
                    Kernel.Activate _,
                    Kernel.Multiply _,
                    Kernel.SelectOutputs _ -> List.of();
        };
    }

    private static long matrixBytes(Program program, int weight) {
        return program.weights().get(weight).rows() * rowBytes(program, weight);
    }

    private static long rowBytes(Program program, int weight) {
        WeightReference reference = program.weights().get(weight);
        return reference.type().rowBytes(reference.columns());
    }

    private static long bufferBytes(Program program, Rows rows) {
        return program.buffers().stream()
                .filter(buffer -> buffer.rows() == rows)
                .mapToLong(buffer -> (long) Float.BYTES * buffer.width())
                .sum();
    }
}
