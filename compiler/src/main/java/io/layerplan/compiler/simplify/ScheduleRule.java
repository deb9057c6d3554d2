package io.layerplan.compiler.simplify;

import io.layerplan.compiler.schedule.Schedule;
import java.util.Optional;

/// A rewrite of one step of a schedule, the steps inside of which are simple already.
public interface ScheduleRule {
    /// What it is called on the command line, such as `merge-loops`.
    String name();

    /// The schedule to put in its place; empty where the rule does not apply.
    Optional<Schedule> apply(Schedule schedule);
}
