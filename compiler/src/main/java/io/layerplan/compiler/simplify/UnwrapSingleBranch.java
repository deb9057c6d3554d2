package io.layerplan.compiler.simplify;

import io.layerplan.compiler.schedule.Reducer;
import io.layerplan.compiler.schedule.Schedule;
import java.util.Optional;

/// A `par` of one branch is that branch:
/// ```
/// par { S } avg            ->   S
/// par { S } sum            ->   S
/// par 4 lp                 ->   run 4
/// par { S } weights(w)     ->   S scale w
/// ```
final class UnwrapSingleBranch implements ScheduleRule {
    @Override
    public String name() {
        return "unwrap-single-branch";
    }

    @Override
    public Optional<Schedule> apply(Schedule schedule) {
        if (!(schedule instanceof Schedule.Parallel(var branches, var reducer)) || branches.size() > 1) {
            return Optional.empty();
        }
        Schedule branch = branches.getFirst();
        return Optional.of(
                switch (reducer) {
                    case Reducer.Average(), Reducer.Sum(), Reducer.LayerParallel() -> branch;
                    case Reducer.Weights(var weights) -> new Schedule.Scaled(branch, weights.getFirst());
                });
    }
}
