package io.layerplan.bench.jmh;

import io.layerplan.compiler.PlanCompiler;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.runtime.Executor;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;

/// A plan and a model, from the benchmarks' parameters to an executor.
record BenchmarkedPlan(Model model, String plan, Runnable closing) implements AutoCloseable {
    /// @param model a GGUF file; one that is not there is looked for in the repository
    static BenchmarkedPlan open(String model, String plan) {
        Path given = Path.of(model);
        GgufFile file = GgufFile.open(given.isAbsolute() ? given : repository().resolve(given));
        return new BenchmarkedPlan(ModelReader.read(file), plan, file::close);
    }

    static BenchmarkedPlan of(SyntheticModel model, String plan) {
        Arena arena = Arena.ofShared();
        return new BenchmarkedPlan(model.in(arena), plan, arena::close);
    }

    /// Where benchmarks are started, unless tests say otherwise.
    private static Path repository() {
        return Path.of(System.getProperty("layerplan.root", "."));
    }

    Program program(boolean fuse, NumericMode mode) {
        CompilationOptions options = fuse ? CompilationOptions.FUSED : CompilationOptions.UNFUSED;
        return PlanCompiler.compile(new SourceText("benchmark", plan), model, options.in(mode));
    }

    /// What runs the plan as a benchmark's parameters say.
    Executor executor(ExecutorBenchmark parameters, int context) {
        int threads = parameters.backend.equals(Backends.USUAL) ? parameters.threads : 0;
        var options = new BackendOptions(
                parameters.device, threads, context, 0, parameters.kv, true, 0, BackendOptions.Progress.NONE);
        Program program = program(parameters.fuse, parameters.numeric);
        return backend(parameters.backend).open(program, model.weights()::get, options);
    }

    /// The backend of a parameter. JMH prints no more than the message of what a set-up throws, so it has to say what
    /// to do.
    static Backend backend(String name) {
        try {
            Backend backend = Backends.named(name);
            backend.devices();
            return backend;
        } catch (InputException e) {
            String help = name.equals(Backends.TORNADO)
                    ? "set TORNADOVM_HOME and start the suites with `-Djmh.backend=tornado` (docs/performance.md)"
                    : e.help().orElse("");
            throw new InputException("%s: %s".formatted(e.getMessage(), help), "", e);
        }
    }

    /// Any tokens: what they are does not change how long they take.
    static int[] tokens(int count) {
        int[] tokens = new int[count];
        Arrays.setAll(tokens, i -> 1 + i % 200);
        return tokens;
    }

    @Override
    public void close() {
        closing.run();
    }
}
