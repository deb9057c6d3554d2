package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import java.util.List;
import java.util.Optional;

/// A part of the schedule under construction, with the number of layer occurrences in it when all loops are unrolled,
/// at most [Budget#MOST_OCCURRENCES].
record Part(Schedule schedule, int occurrences) {
    static final Part NOTHING = new Part(new Schedule.Sequence(List.of()), 0);

    static Part layer(int index, Half half) {
        return new Part(new Schedule.Layer(index, half), 1);
    }

    /// The part, or nothing at all where no layer runs.
    static Part of(Schedule schedule, int occurrences) {
        return occurrences == 0 ? NOTHING : new Part(schedule, occurrences);
    }

    Optional<Part> repeated(long times, SourceSpan span, Diagnostics diagnostics) {
        if (occurrences == 0) {
            return Optional.of(this);
        }
        if (times > Budget.MOST_OCCURRENCES / occurrences) {
            diagnostics.report(ScheduleMessages.tooManyOccurrences(span, Budget.MOST_OCCURRENCES));
            return Optional.empty();
        }
        return Optional.of(new Part(new Schedule.Loop(schedule, (int) times), (int) (occurrences * times)));
    }

    Part scaled(double factor) {
        return occurrences == 0 ? this : new Part(new Schedule.Scaled(schedule, factor), occurrences);
    }
}
