package io.layerplan.compiler.syntax;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;

/// Stops at the first token that does not fit, and knows everything that would have fitted there. ANTLR's own strategy
/// would insert or delete a token and go on, and would notice the wrong token only where nothing else is possible.
final class PlanErrorStrategy extends DefaultErrorStrategy {
    private final Spans spans;

    PlanErrorStrategy(Spans spans) {
        this.spans = spans;
    }

    /// Called before every choice of the grammar.
    @Override
    public void sync(Parser parser) {
        ATNState state = parser.getATN().states.get(parser.getState());
        int next = parser.getInputStream().LA(1);
        if (!parser.getATN().nextTokens(state).contains(next)) {
            IntervalSet expected = parser.getExpectedTokens();
            if (!expected.contains(next)) {
                throw error(parser, parser.getCurrentToken(), expected);
            }
        }
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw error(parser, parser.getCurrentToken(), parser.getExpectedTokens());
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        throw error(parser, e.getOffendingToken(), e.getExpectedTokens());
    }

    private SyntaxException error(Parser parser, Token found, IntervalSet expected) {
        var unexpected = new Unexpected(parser.getInputStream(), new ExpectedTokens(expected), found);
        return new SyntaxException(new SyntaxErrors(unexpected, spans).diagnostic());
    }
}
