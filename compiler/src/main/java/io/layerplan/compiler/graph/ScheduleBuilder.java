package io.layerplan.compiler.graph;

import io.layerplan.compiler.schedule.Reducer;
import io.layerplan.compiler.schedule.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Applies a schedule to the residual stream. Every part of a schedule yields two values: the new stream `S(x)`, and what
/// it added, `S(x) - x`, which the reducers of `par` and `scale` work on. What was added is summed up from the halves of
/// the layers, never subtracted. Whichever of the two nobody reads is a dead node, removed afterwards.
final class ScheduleBuilder {
    /// @param added empty where nothing ran
    record Flow(Value stream, Optional<Value> added) {
        static Flow unchanged(Value x) {
            return new Flow(x, Optional.empty());
        }
    }

    private final GraphWriter graph;
    private final LayerBuilder layers;

    ScheduleBuilder(GraphWriter graph, LayerBuilder layers) {
        this.graph = graph;
        this.layers = layers;
    }

    Flow apply(Schedule schedule, Value x) {
        return switch (schedule) {
            case Schedule.Layer(var index, var half) ->
                switch (half) {
                    case ATTENTION -> added(x, layers.attention(index, x));
                    case FEED_FORWARD -> added(x, layers.feedForward(index, x));
                    case WHOLE -> {
                        Flow attention = added(x, layers.attention(index, x));
                        yield then(attention, added(attention.stream(), layers.feedForward(index, attention.stream())));
                    }
                };
            case Schedule.Sequence(var steps) -> sequence(steps, x);
            case Schedule.Loop(var body, var times) -> sequence(Collections.nCopies(times, body), x);
            case Schedule.Scaled(var body, var factor) ->
                weighted(x, List.of(apply(body, x).added()), List.of((float) factor));
            case Schedule.Parallel(var branches, Reducer.LayerParallel()) -> layerParallel(branches, x);
            case Schedule.Parallel(var branches, var reducer) ->
                weighted(
                        x,
                        branches.stream().map(branch -> apply(branch, x).added()).toList(),
                        weights(reducer, branches.size()));
        };
    }

    private Flow sequence(List<Schedule> steps, Value x) {
        Flow flow = Flow.unchanged(x);
        for (Schedule step : steps) {
            flow = then(flow, apply(step, flow.stream()));
        }
        return flow;
    }

    /// `h = x + Σ A_i(x)`, then `h + Σ F_i(h)`
    private Flow layerParallel(List<Schedule> branches, Value x) {
        List<Integer> indices = branches.stream()
                .map(branch -> ((Schedule.Layer) branch).index())
                .toList();
        List<Float> ones = Collections.nCopies(indices.size(), 1f);
        Flow attention = weighted(
                x, indices.stream().map(i -> Optional.of(layers.attention(i, x))).toList(), ones);
        Value h = attention.stream();
        Flow feedForward = weighted(
                h,
                indices.stream().map(i -> Optional.of(layers.feedForward(i, h))).toList(),
                ones);
        return then(attention, feedForward);
    }

    private static List<Float> weights(Reducer reducer, int branches) {
        return switch (reducer) {
            case Reducer.Average() -> Collections.nCopies(branches, (float) (1.0 / branches));
            case Reducer.Sum(), Reducer.LayerParallel() -> Collections.nCopies(branches, 1f);
            case Reducer.Weights(var weights) ->
                weights.stream().map(Double::floatValue).toList();
        };
    }

    private Flow added(Value x, Value delta) {
        return new Flow(graph.add(x, delta), Optional.of(delta));
    }

    private Flow then(Flow first, Flow second) {
        Optional<Value> added = first.added()
                .flatMap(a -> second.added().map(b -> graph.add(a, b)))
                .or(second::added)
                .or(first::added);
        return new Flow(second.stream(), added);
    }

    /// `x + Σ w_i · δ_i` over the deltas that are there.
    private Flow weighted(Value x, List<Optional<Value>> deltas, List<Float> weights) {
        List<Value> terms = new ArrayList<>();
        List<Float> factors = new ArrayList<>();
        for (int i = 0; i < deltas.size(); i++) {
            if (deltas.get(i).isPresent()) {
                terms.add(deltas.get(i).get());
                factors.add(weights.get(i));
            }
        }
        if (terms.isEmpty()) {
            return Flow.unchanged(x);
        }
        Value added = graph.sum(terms, factors);
        terms.addFirst(x);
        factors.addFirst(1f);
        return new Flow(graph.sum(terms, factors), Optional.of(added));
    }
}
