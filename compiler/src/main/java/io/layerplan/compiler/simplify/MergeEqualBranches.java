package io.layerplan.compiler.simplify;

import io.layerplan.compiler.schedule.Reducer;
import io.layerplan.compiler.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs equal branches once, with the sum of their weights: they read the same stream, and their keys and values are
/// equal.
/// ```
/// par 4, 4, 5 sum                ->   par 4, 5 weights(2, 1)
/// par 4, 4 avg                   ->   par 4 weights(1)
/// ```
/// Two branches whose weights add up to nothing go the way of a weight of 0. The phases of `lp` are no sum of branches,
/// and stay.
final class MergeEqualBranches implements ScheduleRule {
    @Override
    public String name() {
        return "merge-equal-branches";
    }

    @Override
    public Optional<Schedule> apply(Schedule schedule) {
        return schedule instanceof Schedule.Parallel(var branches, var reducer)
                        && !(reducer instanceof Reducer.LayerParallel)
                ? merge(branches, reducer)
                : Optional.empty();
    }

    private static Optional<Schedule> merge(List<Schedule> branches, Reducer reducer) {
        Map<Schedule, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < branches.size(); i++) {
            places.computeIfAbsent(branches.get(i), _ -> new ArrayList<>()).add(i);
        }
        if (places.size() == branches.size()) {
            return Optional.empty();
        }
        List<Double> weights = places.values().stream()
                .map(equal -> weight(equal, reducer, branches.size()))
                .toList();
        return weights.stream().allMatch(Double::isFinite)
                ? Optional.of(new Schedule.Parallel(List.copyOf(places.keySet()), new Reducer.Weights(weights)))
                : Optional.empty();
    }

    /// Of all branches that are equal; a mean of equal branches is exactly one of them.
    private static double weight(List<Integer> equal, Reducer reducer, int branches) {
        return switch (reducer) {
            case Reducer.Average() -> (double) equal.size() / branches;
            case Reducer.Sum(), Reducer.LayerParallel() -> equal.size();
            case Reducer.Weights(var weights) ->
                equal.stream().mapToDouble(weights::get).sum();
        };
    }
}
