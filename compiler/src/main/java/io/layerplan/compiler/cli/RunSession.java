package io.layerplan.compiler.cli;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.compiled.CompiledPlanOptions;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A plan that is ready to run.
///
/// @param context the most positions of a sequence
/// @param files   those that weights are mapped from
/// @param start   where the time went until it was ready
record RunSession(
        Executor executor, Tokenizer tokenizer, int context, List<Path> files, StartTimes start, Runnable closing)
        implements AutoCloseable {
    /// Binds a program to the model's weights.
    ///
    /// @param options with a context of 0 for the usual one
    static RunSession of(Program program, OpenModel open, Backend backend, BackendOptions options, StartTimes start) {
        Tokenizer tokenizer = Tokenizer.of(open.file().metadata());
        start.end("tokenizer");
        int context = CompiledPlanOptions.contextOf(program, options.context());
        Executor executor = backend.open(program, open.model().weights()::get, options.withContext(context));
        start.end("weights and kernels");
        return new RunSession(executor, tokenizer, context, List.of(open.file().path()), start, executor::close);
    }

    /// Opens a plan that was compiled ahead of time.
    ///
    /// @param options with a context of 0 for the usual one
    static RunSession open(Path file, Optional<Path> model, Backend backend, BackendOptions options, StartTimes start) {
        CompiledPlanOptions planOptions =
                new CompiledPlanOptions(model, options.threads(), options.context(), options.batch(), options.kv());
        CompiledPlan plan = CompiledPlan.open(file, planOptions, backend, options);
        start.opened(plan.openingTimes());
        List<Path> files =
                plan.modelFile().map(weights -> List.of(file, weights)).orElse(List.of(file));
        return new RunSession(plan.executor(), plan.tokenizer(), plan.context(), files, start, plan::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
