package io.layerplan.bench;

import io.layerplan.bench.measure.BenchedPlan;
import io.layerplan.bench.measure.Settings;
import io.layerplan.bench.measure.Variant;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Compiles plans and binds them to weights, as it is asked for.
final class PlanBinder {
    private final MeasuringOptions measuring;
    private final Settings settings;
    private final List<Variant> variants;

    PlanBinder(MeasuringOptions measuring, List<Variant> variants) {
        this.measuring = measuring;
        this.settings = measuring.settings();
        this.variants = List.copyOf(variants);
    }

    List<Variant> variants() {
        return variants;
    }

    Settings settings() {
        return settings;
    }

    /// The mode that the command line asks for.
    MeasuringOptions measuring() {
        return measuring;
    }

    BenchedPlan bind(String name, String text, boolean baseline, Schedule schedule, Model model) {
        Map<Variant, CpuExecutor> executors = new EnumMap<>(Variant.class);
        try {
            for (Variant variant : variants) {
                executors.put(variant, executor(variant, name, schedule, model, measuring.mode()));
            }
        } catch (RuntimeException | Error e) {
            executors.values().forEach(CpuExecutor::close);
            throw e;
        }
        return new BenchedPlan(
                name, text, baseline, executors, () -> executors.values().forEach(CpuExecutor::close));
    }

    CpuExecutor executor(Variant variant, String name, Schedule schedule, Model model, NumericMode mode) {
        CompilationOptions options = switch (variant) {
            case FUSED -> CompilationOptions.FUSED;
            case UNFUSED -> CompilationOptions.UNFUSED;
        };
        Program program = new Compilation(options.in(mode)).program(name, schedule, model);
        requireContext(program);
        CpuOptions cpu =
                new CpuOptions(settings.threads(), settings.positions(), CpuOptions.DEFAULT_BATCH, settings.kv());
        return new CpuExecutor(program, model.weights()::get, cpu);
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
