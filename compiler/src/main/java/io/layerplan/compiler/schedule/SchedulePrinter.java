package io.layerplan.compiler.schedule;

import java.util.List;

/// A schedule as text, one step a line, what a step consists of indented below it; layers that run one after another
/// share a line:
/// ```
/// run 0..3
/// par avg
///   run 4
///   run 5
/// loop x2
///   run 12..15
/// ```
public final class SchedulePrinter {
    private final StringBuilder text = new StringBuilder();

    private SchedulePrinter() {}

    public static String print(Schedule schedule) {
        var printer = new SchedulePrinter();
        printer.steps(schedule, 0);
        return printer.text.toString();
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }

    /// A schedule in a place where several steps can stand.
    private void steps(Schedule schedule, int depth) {
        if (!(schedule instanceof Schedule.Sequence(List<Schedule> steps)) || steps.isEmpty()) {
            step(schedule, depth);
            return;
        }
        for (int i = 0; i < steps.size(); ) {
            if (steps.get(i) instanceof Schedule.Layer(var _, Half half)) {
                int end = endOfLayers(steps, i, half);
                line(depth, verb(half) + layers(steps.subList(i, end)));
                i = end;
            } else {
                step(steps.get(i), depth);
                i++;
            }
        }
    }

    private void step(Schedule schedule, int depth) {
        switch (schedule) {
            case Schedule.Layer(int index, Half half) -> line(depth, verb(half) + index);
            case Schedule.Sequence sequence -> {
                line(depth, sequence.steps().isEmpty() ? "nothing" : "sequence");
                if (!sequence.steps().isEmpty()) {
                    steps(sequence, depth + 1);
                }
            }
            case Schedule.Parallel(List<Schedule> branches, Reducer reducer) -> {
                line(depth, "par " + name(reducer));
                for (Schedule branch : branches) {
                    step(branch, depth + 1);
                }
            }
            case Schedule.Loop(Schedule body, int times) -> {
                line(depth, "loop x" + times);
                steps(body, depth + 1);
            }
            case Schedule.Scaled(Schedule body, double factor) -> {
                line(depth, "scale " + factor);
                steps(body, depth + 1);
            }
        }
    }

    private static String verb(Half half) {
        return switch (half) {
            case WHOLE -> "run ";
            case ATTENTION -> "attn ";
            case FEED_FORWARD -> "ffn ";
        };
    }

    private static String name(Reducer reducer) {
        return switch (reducer) {
            case Reducer.Average() -> "avg";
            case Reducer.Sum() -> "sum";
            case Reducer.LayerParallel() -> "lp";
            case Reducer.Weights(List<Double> weights) -> {
                var text = new StringBuilder();
                for (double weight : weights) {
                    text.append(text.isEmpty() ? "weights(" : ", ").append(weight);
                }
                yield text.append(')').toString();
            }
        };
    }

    private static int endOfLayers(List<Schedule> steps, int start, Half half) {
        int end = start + 1;
        while (end < steps.size() && steps.get(end) instanceof Schedule.Layer(var _, Half other) && other == half) {
            end++;
        }
        return end;
    }

    /// `3, 1, 4..7`: ranges where the numbers rise by one.
    private static String layers(List<Schedule> layers) {
        var text = new StringBuilder();
        for (int i = 0; i < layers.size(); ) {
            int first = index(layers.get(i));
            int length = 1;
            while (i + length < layers.size() && index(layers.get(i + length)) == first + length) {
                length++;
            }
            text.append(text.isEmpty() ? "" : ", ").append(first);
            if (length > 1) {
                text.append("..").append(first + length - 1);
            }
            i += length;
        }
        return text.toString();
    }

    private static int index(Schedule schedule) {
        return schedule instanceof Schedule.Layer(int index, var _) ? index : -1;
    }
}
