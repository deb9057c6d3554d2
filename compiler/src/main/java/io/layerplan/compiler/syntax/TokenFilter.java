package io.layerplan.compiler.syntax;

import io.layerplan.grammar.LayerPlanLexer;
import java.util.List;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/// Prepares the tokens for the parser: hides the new lines inside parentheses, which separate nothing, and refuses what
/// is nested too deeply for programs that walk the tree by recursion.
final class TokenFilter {
    private final Spans spans;
    private int parentheses;
    private int braces;
    private int operators;

    private TokenFilter(Spans spans) {
        this.spans = spans;
    }

    /// @throws SyntaxException if the nesting is too deep
    static void prepare(List<Token> tokens, Spans spans) {
        var filter = new TokenFilter(spans);
        for (Token token : tokens) {
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                filter.accept(token);
            }
        }
    }

    private void accept(Token token) {
        switch (token.getType()) {
            case LayerPlanLexer.LEFT_PARENTHESIS -> parentheses++;
            case LayerPlanLexer.RIGHT_PARENTHESIS -> parentheses = Math.max(0, parentheses - 1);
            case LayerPlanLexer.LEFT_BRACE -> openBlock();
            case LayerPlanLexer.RIGHT_BRACE -> closeBlock();
            case LayerPlanLexer.PLUS, LayerPlanLexer.MINUS, LayerPlanLexer.STAR, LayerPlanLexer.SLASH -> operators++;
            case LayerPlanLexer.NEWLINE -> acceptNewLine(token);
            case LayerPlanLexer.INTEGER,
                    LayerPlanLexer.REAL,
                    LayerPlanLexer.NAME,
                    LayerPlanLexer.LAST,
                    LayerPlanLexer.MID,
                    LayerPlanLexer.LAYERS -> {}
            default -> operators = 0;
        }
        if (parentheses + braces > PlanReader.DEEPEST_NESTING) {
            throw new SyntaxException(SyntaxMessages.nestedTooDeeply(spans.of(token), PlanReader.DEEPEST_NESTING));
        }
        if (operators > PlanReader.DEEPEST_NESTING) {
            throw new SyntaxException(SyntaxMessages.tooManyOperators(spans.of(token), PlanReader.DEEPEST_NESTING));
        }
    }

    /// A brace stands in no parentheses: an open one was forgotten, and the parser will say so.
    private void openBlock() {
        parentheses = 0;
        operators = 0;
        braces++;
    }

    private void closeBlock() {
        parentheses = 0;
        operators = 0;
        braces = Math.max(0, braces - 1);
    }

    private void acceptNewLine(Token token) {
        if (parentheses > 0) {
            ((CommonToken) token).setChannel(Token.HIDDEN_CHANNEL);
        } else {
            operators = 0;
        }
    }
}
