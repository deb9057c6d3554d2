package io.layerplan.runtime.cpu;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.kernel.scalar.ScalarRowKernels;
import io.layerplan.runtime.program.Program;

/// Programs run by the scalar kernels, whatever this machine has: the definitions that others are measured against.
public final class ScalarExecutor {
    private ScalarExecutor() {}

    /// @param context the most positions
    /// @param batch   the most tokens at a time
    public static Executor open(Program program, WeightSource weights, int context, int batch) {
        return new CpuExecutor(program, weights, new CpuOptions(1, context, batch), new ScalarRowKernels());
    }
}
