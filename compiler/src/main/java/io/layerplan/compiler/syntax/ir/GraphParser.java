package io.layerplan.compiler.syntax.ir;

import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.syntax.Spans;
import io.layerplan.compiler.syntax.StrictErrorStrategy;
import io.layerplan.compiler.syntax.SyntaxException;
import io.layerplan.grammar.LayerGraphLexer;
import io.layerplan.grammar.LayerGraphParser;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.IntervalSet;

/// Sets ANTLR up for printed graphs, whose grammar is simple enough for SLL prediction alone.
final class GraphParser {
    /// Calls inside calls; a term of a sum needs three.
    static final int DEEPEST_NESTING = 16;

    private static final int LONGEST_QUOTE = 40;

    private GraphParser() {}

    /// @throws SyntaxException with the first error
    static GraphTree parse(SourceText source) {
        Spans spans = new Spans(source);
        LayerGraphLexer lexer = new LayerGraphLexer(CharStreams.fromString(source.text()));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        boundNesting(tokens, spans);
        LayerGraphParser parser = new LayerGraphParser(tokens);
        parser.removeErrorListeners();
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new StrictErrorStrategy((_, found, expected) -> error(found, expected, spans)));
        return new GraphTreeBuilder(spans).graph(parser.graph());
    }

    private static void boundNesting(CommonTokenStream tokens, Spans spans) {
        int open = 0;
        for (Token token : tokens.getTokens()) {
            open += token.getType() == LayerGraphLexer.LEFT_PARENTHESIS ? 1 : 0;
            open -= token.getType() == LayerGraphLexer.RIGHT_PARENTHESIS ? 1 : 0;
            if (open > DEEPEST_NESTING) {
                throw new SyntaxException(GraphMessages.nestedTooDeeply(spans.of(token), DEEPEST_NESTING));
            }
        }
    }

    private static SyntaxException error(Token found, IntervalSet expected, Spans spans) {
        boolean end = found.getType() == Token.EOF;
        String wanted = join(
                expected.toList().stream().map(GraphParser::describe).distinct().toList());
        SourceSpan span = end ? spans.end() : spans.of(found);
        return new SyntaxException(GraphMessages.unexpected(span, wanted, end ? "the end" : quote(found.getText())));
    }

    private static String join(List<String> phrases) {
        int last = phrases.size() - 1;
        return last < 1
                ? String.join("", phrases)
                : String.join(", ", phrases.subList(0, last)) + " or " + phrases.get(last);
    }

    private static String describe(int token) {
        return switch (token) {
            case Token.EOF -> "the end";
            case LayerGraphParser.VALUE -> "a value such as `%7`";
            case LayerGraphParser.TEXT -> "a text in quotes";
            case LayerGraphParser.NAME -> "a name";
            case LayerGraphParser.INTEGER, LayerGraphParser.REAL -> "a number";
            default -> LayerGraphParser.VOCABULARY.getLiteralName(token).replace('\'', '`');
        };
    }

    private static String quote(String text) {
        return "`" + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text) + "`";
    }
}
