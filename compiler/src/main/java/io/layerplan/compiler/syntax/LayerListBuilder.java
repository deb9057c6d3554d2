package io.layerplan.compiler.syntax;

import io.layerplan.grammar.LayerPlanBaseVisitor;
import io.layerplan.grammar.LayerPlanParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parse tree to [LayerList].
final class LayerListBuilder extends LayerPlanBaseVisitor<LayerItem> {
    private final Spans spans;
    private final ExpressionBuilder expressions;

    LayerListBuilder(Spans spans, ExpressionBuilder expressions) {
        this.spans = spans;
        this.expressions = expressions;
    }

    LayerList layers(LayerPlanParser.LayersContext context) {
        var items = new ArrayList<LayerItem>(context.item().size());
        for (LayerPlanParser.ItemContext item : context.item()) {
            items.add(visit(item));
        }
        return new LayerList(items, spans.of(context));
    }

    @Override
    public LayerItem visitAllItem(LayerPlanParser.AllItemContext context) {
        return new LayerItem.All(spans.of(context));
    }

    @Override
    public LayerItem visitRestItem(LayerPlanParser.RestItemContext context) {
        return new LayerItem.Rest(spans.of(context));
    }

    @Override
    public LayerItem visitReversedItem(LayerPlanParser.ReversedItemContext context) {
        return new LayerItem.Reversed(layers(context.layers()), spans.of(context));
    }

    @Override
    public LayerItem visitShuffledItem(LayerPlanParser.ShuffledItemContext context) {
        var items = new ArrayList<LayerItem>();
        items.add(visit(context.item()));
        Expression seed = seed(context, items);
        var list =
                new LayerList(items, items.getFirst().span().to(items.getLast().span()));
        return new LayerItem.Shuffled(list, seed, spans.of(context));
    }

    /// The seed, the last argument; the arguments before it are added to the items.
    private Expression seed(LayerPlanParser.ShuffledItemContext context, List<LayerItem> items) {
        for (LayerPlanParser.ArgumentContext argument : context.argument()) {
            switch (argument) {
                case LayerPlanParser.ItemArgumentContext item -> items.add(visit(item.item()));
                case LayerPlanParser.SeedArgumentContext seed -> {
                    if (!argument.equals(context.argument().getLast())) {
                        throw new SyntaxException(SyntaxMessages.seedNotLast(spans.of(seed)));
                    }
                    return expressions.expression(seed.expression());
                }
                default -> throw new IllegalStateException("no tree for " + argument);
            }
        }
        throw new SyntaxException(SyntaxMessages.shuffleWithoutSeed(spans.of(context)));
    }

    @Override
    public LayerItem visitNumberedItem(LayerPlanParser.NumberedItemContext context) {
        List<LayerPlanParser.ExpressionContext> numbers = context.expression();
        Expression first = expressions.expression(numbers.getFirst());
        if (numbers.size() == 1) {
            return new LayerItem.Single(first);
        }
        Expression last = expressions.expression(numbers.get(1));
        Optional<Expression> step =
                numbers.size() == 3 ? Optional.of(expressions.expression(numbers.get(2))) : Optional.empty();
        return new LayerItem.Range(first, last, step, spans.of(context));
    }
}
