package io.layerplan.bench;

import io.layerplan.bench.measure.Settings;
import io.layerplan.bench.measure.Target;
import io.layerplan.bench.measure.Variant;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.Executor;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.program.Program;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Compiles plans and binds them to weights on a backend, as it is asked for.
final class PlanBinder {
    private final MeasuringOptions measuring;
    private final Settings settings;
    private final List<Variant> variants;
    private final Backend backend;
    private final BackendOptions backendOptions;

    /// @param progress is told what a backend does before it can run
    /// @throws InputException if the backend is not installed
    PlanBinder(MeasuringOptions measuring, List<Variant> variants, BackendOptions.Progress progress) {
        this.measuring = measuring;
        this.settings = measuring.settings();
        this.variants = List.copyOf(variants);
        this.backend = measuring.backend.backend();
        this.backendOptions = measuring.backend.options(settings.threads(), settings.positions(), 0, progress);
    }

    /// What is measured on.
    ///
    /// @throws InputException if the backend does not have the device
    Target target() {
        return new Target(backend.name(), Backends.device(backend, backendOptions.device()));
    }

    Backend backend() {
        return backend;
    }

    BackendOptions backendOptions() {
        return backendOptions;
    }

    List<Variant> variants() {
        return variants;
    }

    Settings settings() {
        return settings;
    }

    /// What the command line asks for.
    MeasuringOptions measuring() {
        return measuring;
    }

    /// How plans are compiled, variants apart.
    CompilationOptions options() {
        return CompilationOptions.FUSED.in(measuring.mode());
    }

    /// An executor for each variant.
    Map<Variant, Executor> bind(String name, Schedule schedule, Model model, CompilationOptions options) {
        Map<Variant, Executor> executors = new EnumMap<>(Variant.class);
        try {
            for (Variant variant : variants) {
                executors.put(variant, executor(variant, name, schedule, model, options));
            }
            return executors;
        } catch (RuntimeException | Error e) {
            executors.values().forEach(Executor::close);
            throw e;
        }
    }

    Executor executor(Variant variant, String name, Schedule schedule, Model model, CompilationOptions options) {
        CompilationOptions fusing = options.fusing(variant == Variant.FUSED);
        Program program = new Compilation(fusing).program(name, schedule, model);
        requireContext(program);
        return backend.open(program, model.weights()::get, backendOptions);
    }

    /// @throws InputException if what is to be measured is beyond what the model was made for
    void requireContext(Program program) {
        if (settings.positions() > program.context()) {
            throw new InputException(
                    "%d positions are to be measured, and the model was made for %d"
                            .formatted(settings.positions(), program.context()),
                    "`--prompt-length`, and `--context` together with `--decode-length`, are at most %d"
                            .formatted(program.context()));
        }
    }
}
