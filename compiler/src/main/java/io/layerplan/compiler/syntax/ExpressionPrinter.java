package io.layerplan.compiler.syntax;

/// Expressions as text, with the parentheses that they need and no others: `last-2*n`.
public final class ExpressionPrinter {
    private static final int NEGATION = 3;

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
                text.append('-');
                append(text, operand, NEGATION);
            }
            case Expression.Binary(var operator, var left, var right, var _) -> {
                append(text, left, operator.precedence());
                text.append(operator.symbol());
                append(text, right, operator.precedence() + 1);
            }
        }
    }

    /// In parentheses if the operand binds less tightly than its place asks for.
    private static void append(StringBuilder text, Expression operand, int precedence) {
        boolean parentheses =
                operand instanceof Expression.Binary binary && binary.operator().precedence() < precedence;
        text.append(parentheses ? "(" : "");
        append(text, operand);
        text.append(parentheses ? ")" : "");
    }
}
