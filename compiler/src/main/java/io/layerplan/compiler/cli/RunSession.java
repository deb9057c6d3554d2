package io.layerplan.compiler.cli;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.compiled.CompiledPlanOptions;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Optional;

/// A plan that is ready to run.
///
/// @param context the most positions of a sequence
record RunSession(Executor executor, Tokenizer tokenizer, int context, Runnable closing) implements AutoCloseable {
    /// Binds a program to the model's weights.
    ///
    /// @param options with a context of 0 for the usual one
    static RunSession of(Program program, OpenModel open, Backend backend, BackendOptions options) {
        Tokenizer tokenizer = Tokenizer.of(open.file().metadata());
        int context = CompiledPlanOptions.contextOf(program, options.context());
        Executor executor = backend.open(program, open.model().weights()::get, options.withContext(context));
        return new RunSession(executor, tokenizer, context, executor::close);
    }

    /// Opens a plan that was compiled ahead of time.
    ///
    /// @param options with a context of 0 for the usual one
    static RunSession open(Path file, Optional<Path> model, Backend backend, BackendOptions options) {
        CompiledPlanOptions planOptions =
                new CompiledPlanOptions(model, options.threads(), options.context(), options.batch(), options.kv());
        CompiledPlan plan = CompiledPlan.open(file, planOptions, backend, options);
        return new RunSession(plan.executor(), plan.tokenizer(), plan.context(), plan::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
