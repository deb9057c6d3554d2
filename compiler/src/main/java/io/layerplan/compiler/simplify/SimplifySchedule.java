package io.layerplan.compiler.simplify;

import io.layerplan.compiler.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Applies rules to a schedule from the inside out, at each step until none fires any more.
public final class SimplifySchedule {
    /// What runs no layer, and leaves the stream as it is.
    static final Schedule NOTHING = new Schedule.Sequence(List.of());

    /// More than all rules together can have to do at one step.
    private static final int MOST_FIRINGS = 1_000;

    private final List<ScheduleRule> rules;

    public SimplifySchedule(List<ScheduleRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// All rules, in order.
    public static List<ScheduleRule> rules() {
        return List.of(
                new RemoveDeadStatements(),
                new MergeEqualBranches(),
                new UnwrapSingleBranch(),
                new MergeLoops(),
                new MergeScales());
    }

    /// The simplified schedule; the very same where no rule fires.
    public Schedule apply(Schedule schedule) {
        Schedule current = inside(schedule);
        for (int firing = 0; firing < MOST_FIRINGS; firing++) {
            Optional<Schedule> rewritten = rewrite(current);
            if (rewritten.isEmpty()) {
                return current;
            }
            current = rewritten.get();
        }
        throw new IllegalStateException("the rules for schedules do not come to an end at " + current);
    }

    private Optional<Schedule> rewrite(Schedule schedule) {
        return rules.stream().flatMap(rule -> rule.apply(schedule).stream()).findFirst();
    }

    /// The same step around simplified ones.
    private Schedule inside(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Layer layer -> layer;
            case Schedule.Sequence(var steps) -> {
                List<Schedule> simple = each(steps);
                yield simple.equals(steps) ? schedule : Schedule.sequence(simple);
            }
            case Schedule.Parallel(var branches, var reducer) -> {
                List<Schedule> simple = each(branches);
                yield simple.equals(branches) ? schedule : new Schedule.Parallel(simple, reducer);
            }
            case Schedule.Loop(var body, var times) -> {
                Schedule simple = apply(body);
                yield simple.equals(body) ? schedule : new Schedule.Loop(simple, times);
            }
            case Schedule.Scaled(var body, var factor) -> {
                Schedule simple = apply(body);
                yield simple.equals(body) ? schedule : new Schedule.Scaled(simple, factor);
            }
        };
    }

    private List<Schedule> each(List<Schedule> steps) {
        List<Schedule> simple = new ArrayList<>(steps.size());
        steps.forEach(step -> simple.add(apply(step)));
        return simple;
    }
}
