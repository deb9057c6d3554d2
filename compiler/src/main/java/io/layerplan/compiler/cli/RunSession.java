package io.layerplan.compiler.cli;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.compiled.CompiledPlanOptions;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Optional;

/// A plan that is ready to run.
///
/// @param context the most positions of a sequence
/// @param threads workers
record RunSession(CpuExecutor executor, Tokenizer tokenizer, int context, int threads, Runnable closing)
        implements AutoCloseable {
    /// Binds a program to the model's weights.
    ///
    /// @param context 0 for the usual one
    /// @param threads 0 for one for each physical core
    static RunSession of(Program program, OpenModel open, int context, int threads) {
        Tokenizer tokenizer = Tokenizer.of(open.file().metadata());
        CpuOptions options = options(context(program, context), threads);
        var executor = new CpuExecutor(program, open.model().weights()::get, options);
        return new RunSession(executor, tokenizer, options.context(), options.threads(), executor::close);
    }

    /// Opens a plan that was compiled ahead of time.
    static RunSession open(Path file, Optional<Path> model, int context, int threads) {
        CpuOptions usual = options(Math.max(1, context), threads);
        CompiledPlanOptions options = new CompiledPlanOptions(model, usual.threads(), context, 0);
        CompiledPlan plan = CompiledPlan.open(file, options);
        try {
            context(plan.program(), context);
            return new RunSession(plan.executor(), plan.tokenizer(), plan.context(), usual.threads(), plan::close);
        } catch (RuntimeException e) {
            plan.close();
            throw e;
        }
    }

    private static CpuOptions options(int context, int threads) {
        CpuOptions usual = CpuOptions.ofContext(context);
        return threads == 0 ? usual : new CpuOptions(threads, context, usual.batch());
    }

    private static int context(Program program, int asked) {
        if (asked > program.context()) {
            throw new InputException(
                    "a context of %d is more than the model was made for".formatted(asked),
                    "it was made for %d positions".formatted(program.context()));
        }
        return asked == 0 ? Math.min(program.context(), CompiledPlanOptions.USUAL_CONTEXT) : asked;
    }

    @Override
    public void close() {
        closing.run();
    }
}
