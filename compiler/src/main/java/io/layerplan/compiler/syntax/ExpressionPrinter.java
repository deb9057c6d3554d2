package io.layerplan.compiler.syntax;

/// Expressions as text, with the parentheses that they need, a second sign counted in: `last-2*n`, `a-(-b)`.
public final class ExpressionPrinter {
    private ExpressionPrinter() {}

    public static String print(Expression expression) {
        var text = new StringBuilder();
        append(text, expression);
        return text.toString();
    }

    private static void append(StringBuilder text, Expression expression) {
        switch (expression) {
            case Expression.IntegerLiteral(var digits, var _) -> text.append(digits);
            case Expression.RealLiteral(var digits, var _) -> text.append(digits);
            case Expression.ModelNumber(var word, var _) -> text.append(word.text());
            case Expression.Reference(var name, var _) -> text.append(name);
            case Expression.Negation(var operand, var _) -> {
                boolean compound = operand instanceof Expression.Binary || operand instanceof Expression.Negation;
                text.append('-');
                append(text, operand, compound);
            }
            case Expression.Binary(var operator, var left, var right, var _) -> {
                append(text, left, precedence(left) < operator.precedence());
                text.append(operator.symbol());
                append(text, right, precedence(right) <= operator.precedence() || right instanceof Expression.Negation);
            }
        }
    }

    private static void append(StringBuilder text, Expression operand, boolean parentheses) {
        text.append(parentheses ? "(" : "");
        append(text, operand);
        text.append(parentheses ? ")" : "");
    }

    private static int precedence(Expression expression) {
        return expression instanceof Expression.Binary binary
                ? binary.operator().precedence()
                : Integer.MAX_VALUE;
    }
}
