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
/// @param bufferBytes     bytes of activation buffers of the fused program
record PlanCost(
        long occurrences, int kvSlots, long kvBytes, long weightBytes, long flops, int launches, long bufferBytes) {
    static PlanCost of(Schedule schedule, Program fused) {
        ProgramCost cost = ProgramCost.of(fused);
        return new PlanCost(
                ScheduleSummary.of(schedule).occurrences(),
                fused.slots().size(),
                cost.kvBytes(),
                cost.weightBytes(),
                cost.weightFlops(),
                cost.launches(),
                cost.bufferBytes() + cost.outputBytes());
    }

    /// The unmodified model.
    static PlanCost ofRunAll(Model model) {
        List<Schedule> layers = new ArrayList<>();
        for (int layer = 0; layer < model.spec().layers().size(); layer++) {
            layers.add(new Schedule.Layer(layer, Half.WHOLE));
        }
        Schedule all = Schedule.sequence(layers);
        return of(all, PlanCompiler.fused("run all", all, model, NumericMode.F32));
    }
}
