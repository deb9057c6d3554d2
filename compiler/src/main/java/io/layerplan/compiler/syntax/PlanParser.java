package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.grammar.LayerPlanLexer;
import io.layerplan.grammar.LayerPlanParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ANTLRErrorStrategy;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/// The one place where ANTLR is set up: the fast SLL prediction first, full LL and our own error strategy if that
/// fails. Listeners, which print to the console, are removed, and nothing is ever repaired.
final class PlanParser {
    private PlanParser() {}

    /// @throws SyntaxException with the first error
    static PlanFile parse(SourceText source) {
        var spans = new Spans(source);
        List<Token> tokens = tokens(source.text());
        TokenFilter.prepare(tokens, spans);
        LayerPlanParser.FileContext tree = parse(tokens, spans);
        return new PlanFile(source, new StatementBuilder(spans).statements(tree.statements()), comments(tokens, spans));
    }

    private static List<Token> tokens(String text) {
        var lexer = new LayerPlanLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        var tokens = new ArrayList<Token>();
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            tokens.add(token);
        }
        return tokens;
    }

    private static LayerPlanParser.FileContext parse(List<Token> tokens, Spans spans) {
        try {
            return parser(tokens, PredictionMode.SLL, new BailErrorStrategy()).file();
        } catch (ParseCancellationException e) {
            return parser(tokens, PredictionMode.LL, strict(spans)).file();
        }
    }

    private static StrictErrorStrategy strict(Spans spans) {
        return new StrictErrorStrategy((tokens, found, expected) -> {
            var unexpected = new Unexpected(tokens, new ExpectedTokens(expected), found);
            return new SyntaxException(new SyntaxErrors(unexpected, spans).diagnostic());
        });
    }

    private static LayerPlanParser parser(List<Token> tokens, PredictionMode mode, ANTLRErrorStrategy errors) {
        var stream = new CommonTokenStream(new ListTokenSource(tokens));
        stream.fill();
        var parser = new LayerPlanParser(stream);
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(mode);
        parser.setErrorHandler(errors);
        return parser;
    }

    private static List<Comment> comments(List<Token> tokens, Spans spans) {
        var comments = new ArrayList<Comment>();
        for (Token token : tokens) {
            if (token.getType() == LayerPlanLexer.COMMENT) {
                comments.add(new Comment(token.getText().stripTrailing(), spans.of(token)));
            }
        }
        return comments;
    }
}
