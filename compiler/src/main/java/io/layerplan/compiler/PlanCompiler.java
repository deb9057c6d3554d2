package io.layerplan.compiler;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelSpec;
import io.layerplan.compiler.pipeline.Compilation;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.compiler.schedule.PlanResolver;
import io.layerplan.compiler.schedule.Resolution;
import io.layerplan.compiler.schedule.ResolveOptions;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;

/// From a plan's text to a program, for Java programs that compile plans themselves:
/// ```
/// Schedule schedule = PlanCompiler.resolve(new SourceText("draft", "run all"), model.spec());
/// Program program = PlanCompiler.fused("draft", schedule, model, NumericMode.F32);
/// ```
/// [Compilation] has the stages one by one, and their options.
public final class PlanCompiler {
    private PlanCompiler() {}

    /// Reads a plan and resolves it for a model, with no `--set` and no `--plan`. Warnings and notes are left unsaid;
    /// [PlanResolver] tells them.
    ///
    /// @throws PlanException if there are errors
    public static Schedule resolve(SourceText plan, ModelSpec model) {
        Resolution resolution = PlanResolver.resolve(
                plan, new ModelShape(model.name(), model.layers().size()), ResolveOptions.NONE);
        return resolution.schedule().orElseThrow(() -> new PlanException(resolution.diagnostics()));
    }

    /// Compiles a plan's text. The program is called what the text is called.
    ///
    /// @throws PlanException if the plan has errors
    public static Program compile(SourceText plan, Model model, CompilationOptions options) {
        return new Compilation(options).program(plan.name(), resolve(plan, model.spec()), model);
    }

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
