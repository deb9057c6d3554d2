package io.layerplan.compiler.schedule;

import io.layerplan.compiler.diagnostics.Diagnostics;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.syntax.Expression;
import io.layerplan.compiler.syntax.LayerItem;
import io.layerplan.compiler.syntax.LayerList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Layer lists to layer numbers.
final class ListEvaluator {
    private final ModelShape shape;
    private final Scope scope;
    private final Diagnostics diagnostics;
    private final Budget budget;
    private final IntegerEvaluator integers;

    ListEvaluator(ModelShape shape, Scope scope, Diagnostics diagnostics, Budget budget) {
        this.shape = shape;
        this.scope = scope;
        this.diagnostics = diagnostics;
        this.budget = budget;
        this.integers = new IntegerEvaluator(shape, scope, diagnostics);
    }

    /// The items that nothing is wrong with, and whether these are all.
    record Evaluated(List<Mention> mentions, boolean complete) {
        Layers layers() {
            return Layers.concatenation(mentions.stream().map(Mention::layers).toList());
        }
    }

    /// @param frontier is moved on by every item
    Evaluated evaluate(LayerList list, Frontier frontier) {
        var mentions = new ArrayList<Mention>(list.items().size());
        for (LayerItem item : list.items()) {
            Optional<Layers> layers = item(item, frontier);
            if (layers.isPresent()) {
                frontier.include(layers.get());
                mentions.add(new Mention(layers.get(), item.span()));
            } else {
                frontier.lose();
            }
        }
        return new Evaluated(mentions, mentions.size() == list.items().size());
    }

    private Optional<Layers> item(LayerItem item, Frontier frontier) {
        return switch (item) {
            case LayerItem.All(var span) -> Optional.of(range(0, shape.last(), 1, span));
            case LayerItem.Rest(var span) -> rest(frontier, span);
            case LayerItem.Reversed(var list, var span) ->
                inner(list, frontier, span).map(Layers::reversed);
            case LayerItem.Shuffled(var list, var seed, var span) -> {
                Optional<Layers> layers = inner(list, frontier, span);
                OptionalLong value = integers.evaluate(seed);
                yield value.isPresent() ? layers.map(l -> l.shuffled(value.getAsLong())) : Optional.empty();
            }
            case LayerItem.Range range -> range(range);
            case LayerItem.Single(var expression) -> single(expression);
        };
    }

    private Layers range(int first, int last, int step, SourceSpan span) {
        budget.charge((long) (last - first) / step + 1, span);
        return Layers.range(first, last, step);
    }

    private Optional<Layers> rest(Frontier frontier, SourceSpan span) {
        if (!frontier.isKnown()) {
            return Optional.empty();
        }
        if (frontier.highest() == shape.last()) {
            diagnostics.report(ScheduleMessages.emptyRest(span, shape.last()));
        }
        return Optional.of(range(frontier.highest() + 1, shape.last(), 1, span));
    }

    /// A list inside `rev` or `shuffle`, if it is complete.
    private Optional<Layers> inner(LayerList list, Frontier frontier, SourceSpan span) {
        Evaluated evaluated = evaluate(list, frontier);
        if (!evaluated.complete()) {
            return Optional.empty();
        }
        Layers layers = evaluated.layers();
        budget.charge(2L * layers.size(), span);
        return Optional.of(layers);
    }

    private Optional<Layers> single(Expression expression) {
        if (expression instanceof Expression.Reference reference
                && scope.resolve(reference, diagnostics) instanceof Definition.LayerList(var layers, var _)) {
            budget.charge(layers.size(), expression.span());
            return Optional.of(layers);
        }
        OptionalLong layer = integers.evaluate(expression);
        if (layer.isEmpty()) {
            return Optional.empty();
        }
        budget.charge(1, expression.span());
        return inModel(layer.getAsLong(), expression.span())
                ? Optional.of(Layers.of((int) layer.getAsLong()))
                : Optional.empty();
    }

    private boolean inModel(long layer, SourceSpan span) {
        if (!shape.has(layer)) {
            diagnostics.report(ScheduleMessages.noLayer(span, layer, shape));
            return false;
        }
        return true;
    }

    private Optional<Layers> range(LayerItem.Range range) {
        OptionalLong first = integers.evaluate(range.first());
        OptionalLong last = integers.evaluate(range.last());
        OptionalLong step = range.step().map(integers::evaluate).orElse(OptionalLong.of(1));
        boolean goodStep = step.isPresent() && isStep(step.getAsLong(), range);
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        Optional<Expression> by = goodStep ? range.step() : Optional.empty();
        boolean goodEnds = areEnds(first.getAsLong(), last.getAsLong(), by, range);
        return goodEnds && goodStep
                ? Optional.of(range((int) first.getAsLong(), (int) last.getAsLong(), clamp(step), range.span()))
                : Optional.empty();
    }

    private static int clamp(OptionalLong step) {
        return (int) Math.min(step.getAsLong(), ModelShape.MOST_LAYERS);
    }

    private boolean isStep(long step, LayerItem.Range range) {
        if (step < 1) {
            diagnostics.report(ScheduleMessages.stepTooSmall(
                    range.step().orElse(range.last()).span(), step));
            return false;
        }
        return true;
    }

    private boolean areEnds(long first, long last, Optional<Expression> step, LayerItem.Range range) {
        boolean forwards = first <= last;
        if (!forwards) {
            diagnostics.report(ScheduleMessages.backwardRange(range, first, last, step));
        }
        boolean outsideTogether = forwards && (first > shape.last() || last < 0);
        if (outsideTogether && first < last) {
            diagnostics.report(ScheduleMessages.noLayers(range, first, last, shape));
            return false;
        }
        if (outsideTogether) {
            return inModel(first, range.span());
        }
        boolean goodFirst = inModel(first, range.first().span());
        return inModel(last, range.last().span()) && goodFirst && forwards;
    }
}
