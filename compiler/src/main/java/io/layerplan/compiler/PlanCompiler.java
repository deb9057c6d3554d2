package io.layerplan.compiler;

import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;

/// Compiles a resolved schedule for a model. [Compilation] has the stages one by one, and their options.
public final class PlanCompiler {
    private PlanCompiler() {}

    /// @param name what the program is called
    /// @param mode how activations are treated in matrix products
    public static Program fused(String name, Schedule schedule, Model model, NumericMode mode) {
        return new Compilation(CompilationOptions.FUSED.in(mode)).program(name, schedule, model);
    }

    /// The same operation by operation, for comparison: nothing is fused, and every operation is a launch.
    public static Program unfused(String name, Schedule schedule, Model model, NumericMode mode) {
        return new Compilation(CompilationOptions.UNFUSED.in(mode)).program(name, schedule, model);
    }
}
