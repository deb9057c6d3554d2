package io.layerplan.compiler.syntax;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/// Stops at the first token that does not fit, and knows everything that would have fitted there. ANTLR's own strategy
/// would insert or delete a token and go on, and would notice the wrong token only where nothing else is possible.
public final class StrictErrorStrategy extends DefaultErrorStrategy {
    /// Words the error.
    @FunctionalInterface
    public interface Reporter {
        SyntaxException error(TokenStream tokens, Token found, IntervalSet expected);
    }

    private final Reporter reporter;

    public StrictErrorStrategy(Reporter reporter) {
        this.reporter = reporter;
    }

    /// Called before every choice of the grammar.
    @Override
    public void sync(Parser parser) {
        if (!parser.isExpectedToken(parser.getInputStream().LA(1))) {
            throw reporter.error(parser.getInputStream(), parser.getCurrentToken(), parser.getExpectedTokens());
        }
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw reporter.error(parser.getInputStream(), parser.getCurrentToken(), parser.getExpectedTokens());
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        throw reporter.error(parser.getInputStream(), e.getOffendingToken(), e.getExpectedTokens());
    }
}
