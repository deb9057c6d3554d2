package io.layerplan.compiler.cli;

import io.layerplan.compiler.schedule.Half;
import io.layerplan.compiler.schedule.Schedule;
import java.util.BitSet;

/// A schedule in numbers.
///
/// @param occurrences    how often a layer, or half of one, runs for each token
/// @param kvSlots        how many of them have attention, each with a key/value slot of its own
/// @param distinctLayers how many layers of the model run at all
record ScheduleSummary(long occurrences, long kvSlots, int distinctLayers) {
    static ScheduleSummary of(Schedule schedule) {
        var counter = new Counter();
        counter.count(schedule, 1);
        return new ScheduleSummary(counter.occurrences, counter.kvSlots, counter.layers.cardinality());
    }

    String text() {
        return "%s of %s, %s"
                .formatted(
                        counted(occurrences, "occurrence"),
                        counted(distinctLayers, "layer"),
                        counted(kvSlots, "key/value slot"));
    }

    private static String counted(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static final class Counter {
        private final BitSet layers = new BitSet();
        private long occurrences;
        private long kvSlots;

        void count(Schedule schedule, long times) {
            switch (schedule) {
                case Schedule.Layer(var index, var half) -> {
                    layers.set(index);
                    occurrences += times;
                    kvSlots += half == Half.FEED_FORWARD ? 0 : times;
                }
                case Schedule.Sequence(var steps) -> steps.forEach(step -> count(step, times));
                case Schedule.Parallel(var branches, var _) -> branches.forEach(branch -> count(branch, times));
                case Schedule.Loop(var body, var turns) -> count(body, times * turns);
                case Schedule.Scaled(var body, var _) -> count(body, times);
            }
        }
    }
}
