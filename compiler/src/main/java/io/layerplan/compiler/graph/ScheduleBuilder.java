package io.layerplan.compiler.graph;

import io.layerplan.compiler.schedule.Half;
import io.layerplan.compiler.schedule.Reducer;
import io.layerplan.compiler.schedule.Schedule;
import java.util.Collections;
import java.util.List;

/// Applies a schedule to the residual stream.
final class ScheduleBuilder {
    private final GraphWriter graph;
    private final LayerBuilder layers;

    ScheduleBuilder(GraphWriter graph, LayerBuilder layers) {
        this.graph = graph;
        this.layers = layers;
    }

    /// `S(x)`
    Flow apply(Schedule schedule, Value x) {
        return switch (schedule) {
            case Schedule.Layer(var index, var half) ->
                switch (half) {
                    case ATTENTION -> Flow.adding(x, List.of(layers.attention(index, x)));
                    case FEED_FORWARD -> Flow.adding(x, List.of(layers.feedForward(index, x)));
                    case WHOLE -> layerParallel(List.of(index), x);
                };
            case Schedule.Sequence(var steps) -> sequence(steps, x);
            case Schedule.Loop(var body, var times) -> sequence(Collections.nCopies(times, body), x);
            case Schedule.Scaled(var body, var factor) -> Flow.reduce(x, List.of(apply(body, x)), List.of(factor));
            case Schedule.Parallel(var branches, Reducer.LayerParallel()) ->
                layerParallel(branches.stream().map(ScheduleBuilder::layerIndex).toList(), x);
            case Schedule.Parallel(var branches, var reducer) ->
                Flow.reduce(
                        x,
                        branches.stream().map(branch -> apply(branch, x)).toList(),
                        reducer.factors(branches.size()));
        };
    }

    private Flow sequence(List<Schedule> steps, Value x) {
        Flow flow = Flow.unchanged(x);
        for (Schedule step : steps) {
            flow = apply(step, flow.stream(graph));
        }
        return flow;
    }

    /// `h = x + Σ A_i(x)`, then `h + Σ F_i(h)`; a layer of its own is the case of one.
    private Flow layerParallel(List<Integer> indices, Value x) {
        Value h =
                Flow.adding(x, indices.stream().map(i -> layers.attention(i, x)).toList()).stream(graph);
        return Flow.adding(
                h, indices.stream().map(i -> layers.feedForward(i, h)).toList());
    }

    private static int layerIndex(Schedule branch) {
        if (branch instanceof Schedule.Layer(var index, var half) && half == Half.WHOLE) {
            return index;
        }
        throw new IllegalArgumentException("`lp` takes whole layers, not " + branch);
    }
}
