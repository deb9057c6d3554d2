package io.layerplan.compiler.cli;

import io.layerplan.compiler.PlanCompiler;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.schedule.Half;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.ProgramCost;
import java.util.ArrayList;
import java.util.List;

/// What a plan costs for each token, embedding and output head included.
///
/// @param occurrences     how often a layer, or half of one, runs
/// @param kvSlots         key/value slots of the compiled program
/// @param kvBytes         bytes of keys and values that a token adds
/// @param weightBytes     bytes of matrices read
/// @param flops           floating-point operations of the matrix products
/// @param launches        dispatches of the fused program
/// @param unfusedLaunches dispatches operation by operation
/// @param bufferBytes     bytes of activation buffers of the fused program
record PlanCost(
        long occurrences,
        int kvSlots,
        long kvBytes,
        long weightBytes,
        long flops,
        int launches,
        int unfusedLaunches,
        long bufferBytes) {
    static PlanCost of(String name, Schedule schedule, Model model) {
        Program fused = PlanCompiler.fused(name, schedule, model, NumericMode.F32);
        Program unfused = PlanCompiler.unfused(name, schedule, model, NumericMode.F32);
        ProgramCost cost = ProgramCost.of(fused);
        return new PlanCost(
                ScheduleSummary.of(schedule).occurrences(),
                fused.slots().size(),
                cost.kvBytes(),
                cost.weightBytes(),
                cost.weightFlops(),
                cost.launches(),
                ProgramCost.of(unfused).launches(),
                cost.bufferBytes() + cost.outputBytes());
    }

    /// The unmodified model.
    static PlanCost ofRunAll(Model model) {
        List<Schedule> layers = new ArrayList<>();
        for (int layer = 0; layer < model.spec().layers().size(); layer++) {
            layers.add(new Schedule.Layer(layer, Half.WHOLE));
        }
        return of("run all", Schedule.sequence(layers), model);
    }
}
