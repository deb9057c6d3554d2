package io.layerplan.compiler.simplify;

import io.layerplan.compiler.schedule.Schedule;
import java.util.Optional;

/// A loop that does nothing but loop is one loop, and one turn is no loop:
/// ```
/// loop S x1                  ->   S
/// loop { loop S x2 } x3      ->   loop S x6
/// ```
final class MergeLoops implements ScheduleRule {
    @Override
    public String name() {
        return "merge-loops";
    }

    @Override
    public Optional<Schedule> apply(Schedule schedule) {
        if (!(schedule instanceof Schedule.Loop(var body, var times))) {
            return Optional.empty();
        }
        if (times == 1) {
            return Optional.of(body);
        }
        return body instanceof Schedule.Loop(var inner, var turns) && (long) times * turns <= Integer.MAX_VALUE
                ? Optional.of(new Schedule.Loop(inner, times * turns))
                : Optional.empty();
    }
}
