package io.layerplan.compiler.simplify;

import io.layerplan.compiler.schedule.Reducer;
import io.layerplan.compiler.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Leaves out what adds nothing to the stream: what is scaled by 0, and what runs no layer. A branch that is left out
/// still counts in the mean of the others, and has no keys and values any more.
/// ```
/// S scale 0                             ->
/// loop { } x3                           ->
/// par { run 1; run 2 } weights(0, 0.5)  ->   par { run 2 } weights(0.5)
/// par { run 1; { } } avg                ->   par { run 1 } weights(0.5)
/// ```
final class RemoveDeadStatements implements ScheduleRule {
    @Override
    public String name() {
        return "remove-dead-statements";
    }

    @Override
    public Optional<Schedule> apply(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Layer _, Schedule.Sequence _ -> Optional.empty();
            case Schedule.Loop(var body, var _) -> nothingIf(isNothing(body));
            case Schedule.Scaled(var body, var factor) -> nothingIf(factor == 0 || isNothing(body));
            case Schedule.Parallel(var branches, var reducer) -> live(branches, reducer);
        };
    }

    private static Optional<Schedule> live(List<Schedule> branches, Reducer reducer) {
        List<Double> factors = reducer.factors(branches.size());
        List<Schedule> live = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            if (factors.get(i) != 0 && !isNothing(branches.get(i))) {
                live.add(branches.get(i));
                weights.add(factors.get(i));
            }
        }
        if (live.size() == branches.size()) {
            return Optional.empty();
        }
        return Optional.of(
                live.isEmpty() ? SimplifySchedule.NOTHING : new Schedule.Parallel(live, new Reducer.Weights(weights)));
    }

    private static Optional<Schedule> nothingIf(boolean dead) {
        return dead ? Optional.of(SimplifySchedule.NOTHING) : Optional.empty();
    }

    private static boolean isNothing(Schedule schedule) {
        return schedule.equals(SimplifySchedule.NOTHING);
    }
}
