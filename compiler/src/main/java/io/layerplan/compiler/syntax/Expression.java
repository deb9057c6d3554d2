package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceSpan;

/// An expression, integer or real: which of the two is decided by where it stands. Parentheses are not kept; the tree's
/// shape says what they said.
public sealed interface Expression {
    SourceSpan span();

    /// `12`, of any size
    record IntegerLiteral(String digits, SourceSpan span) implements Expression {}

    /// `0.5`
    record RealLiteral(String digits, SourceSpan span) implements Expression {}

    /// `last`, `mid`, `layers`
    record ModelNumber(Word word, SourceSpan span) implements Expression {}

    /// The name of a parameter, or of anything else
    record Reference(String name, SourceSpan span) implements Expression {}

    /// `-a`
    record Negation(Expression operand, SourceSpan span) implements Expression {}

    /// `a + b`
    record Binary(Operator operator, Expression left, Expression right, SourceSpan span) implements Expression {}

    /// The numbers that the model brings.
    enum Word {
        LAST("last"),
        MID("mid"),
        LAYERS("layers");

        private final String text;

        Word(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// The operators between two operands. Those of higher precedence bind tighter; all of them group from the left.
    enum Operator {
        ADD("+", 1),
        SUBTRACT("-", 1),
        MULTIPLY("*", 2),
        DIVIDE("/", 2);

        private final String symbol;
        private final int precedence;

        Operator(String symbol, int precedence) {
            this.symbol = symbol;
            this.precedence = precedence;
        }

        public String symbol() {
            return symbol;
        }

        int precedence() {
            return precedence;
        }
    }
}
