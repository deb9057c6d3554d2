package io.layerplan.compiler.cli;

import io.layerplan.compiler.model.LayerSpec;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.WeightNames;
import io.layerplan.compiler.schedule.Half;
import io.layerplan.compiler.schedule.Reducer;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.runtime.tensor.Matrix;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One run of a layer, or of a half of one, for each token.
///
/// @param where       what it stands in, from the outside to the inside: `loop 2/3`, `par avg 1/8`, `scale 0.5`
/// @param kvSlot      its own key/value slot; null where no attention runs
/// @param weightBytes bytes of matrices read for a token
/// @param flops       floating-point operations of the matrix products for a token
/// @param kvBytes     bytes of keys and values that a token adds
record Occurrence(
        int number,
        int layer,
        String half,
        List<String> where,
        @Nullable Integer kvSlot,
        long weightBytes,
        long flops,
        long kvBytes) {
    Occurrence {
        where = List.copyOf(where);
    }

    /// All of them, in the order in which they run.
    static List<Occurrence> of(Schedule schedule, Model model) {
        Walk walk = new Walk(model);
        walk.visit(schedule);
        return walk.found;
    }

    private static final class Walk {
        private final Model model;
        private final List<Occurrence> found = new ArrayList<>();
        private final Deque<String> where = new ArrayDeque<>();
        private int slots;

        Walk(Model model) {
            this.model = model;
        }

        void visit(Schedule schedule) {
            switch (schedule) {
                case Schedule.Layer(var index, var half) -> found.add(occurrence(index, half));
                case Schedule.Sequence(var steps) -> steps.forEach(this::visit);
                case Schedule.Parallel(var branches, var reducer) -> {
                    for (int i = 0; i < branches.size(); i++) {
                        String place = "par %s %d/%d".formatted(name(reducer, i), i + 1, branches.size());
                        inside(place, branches.get(i));
                    }
                }
                case Schedule.Loop(var body, var times) -> {
                    for (int i = 1; i <= times; i++) {
                        inside("loop %d/%d".formatted(i, times), body);
                    }
                }
                case Schedule.Scaled(var body, var factor) -> inside("scale " + number(factor), body);
            }
        }

        private void inside(String place, Schedule schedule) {
            where.addLast(place);
            visit(schedule);
            where.removeLast();
        }

        private Occurrence occurrence(int layer, Half half) {
            long bytes = 0;
            long flops = 0;
            for (String name : matrices(layer, half)) {
                Matrix matrix = model.weight(name);
                bytes += matrix.data().byteSize();
                flops += 2L * matrix.rows() * matrix.columns();
            }
            LayerSpec traits = model.spec().layer(layer);
            boolean attends = half != Half.FEED_FORWARD;
            return new Occurrence(
                    found.size(),
                    layer,
                    half.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    List.copyOf(where),
                    attends ? slots++ : null,
                    bytes,
                    flops,
                    attends ? 2L * Float.BYTES * traits.keyValueWidth() : 0);
        }

        private static List<String> matrices(int layer, Half half) {
            List<String> attention = List.of(
                    WeightNames.attnQ(layer),
                    WeightNames.attnK(layer),
                    WeightNames.attnV(layer),
                    WeightNames.attnOutput(layer));
            List<String> feedForward =
                    List.of(WeightNames.ffnGate(layer), WeightNames.ffnUp(layer), WeightNames.ffnDown(layer));
            return switch (half) {
                case ATTENTION -> attention;
                case FEED_FORWARD -> feedForward;
                case WHOLE -> {
                    List<String> both = new ArrayList<>(attention);
                    both.addAll(feedForward);
                    yield both;
                }
            };
        }

        private static String name(Reducer reducer, int branch) {
            return switch (reducer) {
                case Reducer.Average() -> "avg";
                case Reducer.Sum() -> "sum";
                case Reducer.Weights(var weights) -> "weight " + number(weights.get(branch));
                case Reducer.LayerParallel() -> "lp";
            };
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, "%.4g", value)
                    .replaceAll("(\\.\\d*?)0+$", "$1")
                    .replaceAll("\\.$", "");
        }
    }
}
