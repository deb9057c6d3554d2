package io.layerplan.compiler.simplify;

import io.layerplan.compiler.schedule.Schedule;
import java.util.Optional;

/// Scales of scales multiply, and a scale of 1 is none:
/// ```
/// S scale 1                  ->   S
/// S scale 0.5 scale 0.5      ->   S scale 0.25
/// ```
final class MergeScales implements ScheduleRule {
    @Override
    public String name() {
        return "merge-scales";
    }

    @Override
    public Optional<Schedule> apply(Schedule schedule) {
        if (!(schedule instanceof Schedule.Scaled(var body, var factor))) {
            return Optional.empty();
        }
        if (factor == 1) {
            return Optional.of(body);
        }
        return body instanceof Schedule.Scaled(var inner, var first) && Double.isFinite(first * factor)
                ? Optional.of(new Schedule.Scaled(inner, first * factor))
                : Optional.empty();
    }
}
