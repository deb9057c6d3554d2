package io.layerplan.bench.jmh;

import io.layerplan.compiler.PlanCompiler;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import java.nio.file.Path;

/// A plan and a model, from the benchmarks' parameters to an executor.
record BenchmarkedPlan(GgufFile file, Model model, Schedule schedule) implements AutoCloseable {
    /// @param model a GGUF file
    static BenchmarkedPlan open(String model, String plan) {
        GgufFile file = GgufFile.open(Path.of(model));
        Model read = ModelReader.read(file);
        return new BenchmarkedPlan(file, read, PlanCompiler.resolve(new SourceText("plan", plan), read.spec()));
    }

    Program program(boolean fuse) {
        return fuse
                ? PlanCompiler.fused("benchmark", schedule, model, NumericMode.F32)
                : PlanCompiler.unfused("benchmark", schedule, model, NumericMode.F32);
    }

    CpuExecutor executor(boolean fuse, int threads, int context) {
        return new CpuExecutor(
                program(fuse), model::weight, new CpuOptions(threads, context, CpuOptions.DEFAULT_BATCH));
    }

    @Override
    public void close() {
        file.close();
    }
}
