package io.layerplan.compiler.syntax;

import io.layerplan.grammar.LayerPlanBaseVisitor;
import io.layerplan.grammar.LayerPlanLexer;
import io.layerplan.grammar.LayerPlanParser;
import org.antlr.v4.runtime.Token;

/// Parse tree to [Expression].
final class ExpressionBuilder extends LayerPlanBaseVisitor<Expression> {
    private final Spans spans;

    ExpressionBuilder(Spans spans) {
        this.spans = spans;
    }

    Expression expression(LayerPlanParser.ExpressionContext context) {
        return visit(context);
    }

    @Override
    public Expression visitParenthesised(LayerPlanParser.ParenthesisedContext context) {
        return visit(context.expression());
    }

    @Override
    public Expression visitNegation(LayerPlanParser.NegationContext context) {
        return new Expression.Negation(visit(context.expression()), spans.of(context));
    }

    @Override
    public Expression visitBinary(LayerPlanParser.BinaryContext context) {
        Expression left = visit(context.expression(0));
        Expression right = visit(context.expression(1));
        return new Expression.Binary(operator(context.operator), left, right, spans.of(context));
    }

    @Override
    public Expression visitInteger(LayerPlanParser.IntegerContext context) {
        return new Expression.IntegerLiteral(context.getText(), spans.of(context));
    }

    @Override
    public Expression visitReal(LayerPlanParser.RealContext context) {
        return new Expression.RealLiteral(context.getText(), spans.of(context));
    }

    @Override
    public Expression visitModelNumber(LayerPlanParser.ModelNumberContext context) {
        Expression.Word word = switch (context.word.getType()) {
            case LayerPlanLexer.LAST -> Expression.Word.LAST;
            case LayerPlanLexer.MID -> Expression.Word.MID;
            default -> Expression.Word.LAYERS;
        };
        return new Expression.ModelNumber(word, spans.of(context));
    }

    @Override
    public Expression visitReference(LayerPlanParser.ReferenceContext context) {
        return new Expression.Reference(context.getText(), spans.of(context));
    }

    private static Expression.Operator operator(Token token) {
        return switch (token.getType()) {
            case LayerPlanLexer.PLUS -> Expression.Operator.ADD;
            case LayerPlanLexer.MINUS -> Expression.Operator.SUBTRACT;
            case LayerPlanLexer.STAR -> Expression.Operator.MULTIPLY;
            default -> Expression.Operator.DIVIDE;
        };
    }
}
