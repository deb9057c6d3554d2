package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.grammar.LayerPlanBaseVisitor;
import io.layerplan.grammar.LayerPlanLexer;
import io.layerplan.grammar.LayerPlanParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/// Parse tree to [Statement].
final class StatementBuilder extends LayerPlanBaseVisitor<Statement> {
    private final Spans spans;
    private final ExpressionBuilder expressions;
    private final LayerListBuilder lists;

    StatementBuilder(Spans spans) {
        this.spans = spans;
        this.expressions = new ExpressionBuilder(spans);
        this.lists = new LayerListBuilder(spans, expressions);
    }

    List<Statement> statements(LayerPlanParser.StatementsContext context) {
        var statements = new ArrayList<Statement>(context.statement().size());
        for (LayerPlanParser.StatementContext statement : context.statement()) {
            statements.add(visit(statement));
        }
        return statements;
    }

    @Override
    public Statement visitRunStatement(LayerPlanParser.RunStatementContext context) {
        Statement.Verb verb = switch (context.verb.getType()) {
            case LayerPlanLexer.RUN -> Statement.Verb.RUN;
            case LayerPlanLexer.ATTN -> Statement.Verb.ATTN;
            default -> Statement.Verb.FFN;
        };
        LayerList layers = lists.layers(context.layers());
        boolean each = context.EACH() != null;
        return new Statement.Run(verb, layers, each, suffixes(context.suffix()), spans.of(context));
    }

    @Override
    public Statement visitSkipStatement(LayerPlanParser.SkipStatementContext context) {
        return new Statement.Skip(lists.layers(context.layers()), spans.of(context));
    }

    @Override
    public Statement visitParStatement(LayerPlanParser.ParStatementContext context) {
        ReducerClause reducer = reducer(context.reducer());
        return new Statement.Parallel(body(context.body()), reducer, suffixes(context.suffix()), spans.of(context));
    }

    @Override
    public Statement visitLoopStatement(LayerPlanParser.LoopStatementContext context) {
        Suffix.Repeat times = repeat(context.repeat());
        return new Statement.Loop(body(context.body()), times, suffixes(context.suffix()), spans.of(context));
    }

    @Override
    public Statement visitBlockStatement(LayerPlanParser.BlockStatementContext context) {
        return new Statement.Group(block(context.block()), suffixes(context.suffix()), spans.of(context));
    }

    @Override
    public Statement visitLetStatement(LayerPlanParser.LetStatementContext context) {
        return new Statement.Let(name(context.NAME()), lists.layers(context.layers()), spans.of(context));
    }

    @Override
    public Statement visitParamStatement(LayerPlanParser.ParamStatementContext context) {
        Expression value = expressions.expression(context.expression());
        return new Statement.Param(name(context.NAME()), value, spans.of(context));
    }

    @Override
    public Statement visitPlanStatement(LayerPlanParser.PlanStatementContext context) {
        return new Statement.Plan(name(context.NAME()), block(context.block()), spans.of(context));
    }

    private Name name(TerminalNode name) {
        return new Name(name.getText(), spans.of(name.getSymbol()));
    }

    private Body body(LayerPlanParser.BodyContext context) {
        return switch (context) {
            case LayerPlanParser.LayersBodyContext layers -> lists.layers(layers.layers());
            case LayerPlanParser.BlockBodyContext block -> block(block.block());
            default -> throw unknown(context);
        };
    }

    private Block block(LayerPlanParser.BlockContext context) {
        return new Block(statements(context.statements()), spans.of(context));
    }

    private ReducerClause reducer(LayerPlanParser.ReducerContext context) {
        SourceSpan span = spans.of(context);
        return switch (context) {
            case LayerPlanParser.AverageReducerContext _ -> new ReducerClause.Average(span);
            case LayerPlanParser.SumReducerContext _ -> new ReducerClause.Sum(span);
            case LayerPlanParser.LayerParallelReducerContext _ -> new ReducerClause.LayerParallel(span);
            case LayerPlanParser.WeightsReducerContext weights ->
                new ReducerClause.Weights(
                        weights.expression().stream()
                                .map(expressions::expression)
                                .toList(),
                        span);
            default -> throw unknown(context);
        };
    }

    private List<Suffix> suffixes(List<LayerPlanParser.SuffixContext> contexts) {
        var suffixes = new ArrayList<Suffix>(contexts.size());
        for (LayerPlanParser.SuffixContext context : contexts) {
            suffixes.add(
                    switch (context) {
                        case LayerPlanParser.RepeatSuffixContext repeat -> repeat(repeat.repeat());
                        case LayerPlanParser.ScaleSuffixContext scale ->
                            new Suffix.Scale(expressions.expression(scale.expression()), spans.of(scale));
                        default -> throw unknown(context);
                    });
        }
        return suffixes;
    }

    private Suffix.Repeat repeat(LayerPlanParser.RepeatContext context) {
        SourceSpan span = spans.of(context);
        return switch (context) {
            case LayerPlanParser.AttachedRepeatContext attached -> {
                Token token = attached.TIMES().getSymbol();
                var digits = new SourceSpan(span.source(), span.start() + 1, span.end());
                yield new Suffix.Repeat(
                        new Expression.IntegerLiteral(token.getText().substring(1), digits), span);
            }
            case LayerPlanParser.SeparateRepeatContext separate -> new Suffix.Repeat(times(separate), span);
            default -> throw unknown(context);
        };
    }

    private Expression times(LayerPlanParser.SeparateRepeatContext context) {
        return context.INTEGER() == null
                ? expressions.expression(context.expression())
                : new Expression.IntegerLiteral(
                        context.INTEGER().getText(), spans.of(context.INTEGER().getSymbol()));
    }

    private static IllegalStateException unknown(Object context) {
        return new IllegalStateException("no tree for " + context.getClass().getSimpleName());
    }
}
