package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.NearestWord;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.grammar.LayerPlanParser;
import java.util.ArrayDeque;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/// Chooses the message for a token that does not fit: the likeliest mistake that explains it, or else what was
/// expected.
final class SyntaxErrors {
    private static final int LONGEST_QUOTE = 40;

    private final TokenStream tokens;
    private final Spans spans;
    private final ExpectedTokens expected;
    private final Token found;

    SyntaxErrors(TokenStream tokens, Spans spans, IntervalSet expected, Token found) {
        this.tokens = tokens;
        this.spans = spans;
        this.expected = new ExpectedTokens(expected);
        this.found = found;
    }

    Diagnostic diagnostic() {
        return lexical().or(this::reserved).or(this::brackets).or(this::repeat).orElseGet(this::unexpected);
    }

    private Optional<Diagnostic> lexical() {
        if (found.getType() == LayerPlanParser.UNKNOWN) {
            int character = found.getText().codePointAt(0);
            Diagnostic diagnostic = SyntaxMessages.unexpectedCharacter(spans.of(found), quote(character));
            return Optional.of(diagnostic.withHelp(characterHelp(character)));
        }
        Optional<Token> previous = previous();
        if (isWord(found) && previous.isPresent() && isNumber(previous.get()) && adjacent(previous.get())) {
            Token number = previous.get();
            return Optional.of(SyntaxMessages.notANumber(
                    spans.between(number, found), shorten(number.getText() + found.getText())));
        }
        return Optional.empty();
    }

    private static String quote(int character) {
        boolean visible = Character.isDefined(character)
                && !Character.isISOControl(character)
                && !Character.isWhitespace(character)
                && !Character.isSpaceChar(character)
                && Character.getType(character) != Character.FORMAT
                && Character.getType(character) != Character.SURROGATE;
        return visible ? "`" + Character.toString(character) + "`" : String.format("U+%04X", character);
    }

    private static Optional<String> characterHelp(int character) {
        return switch (character) {
            case '.' -> Optional.of("numbers are written `12` or `0.5`, ranges `4..11`");
            case '–', '—', '−' -> Optional.of("did you mean `-`?");
            case '…' -> Optional.of("did you mean `..`?");
            case '×' -> Optional.of("did you mean `x`?");
            default -> Optional.empty();
        };
    }

    private Optional<Diagnostic> reserved() {
        if (found.getType() == LayerPlanParser.FUTURE) {
            Diagnostic diagnostic = SyntaxMessages.reservedForLater(spans.of(found), found.getText());
            return Optional.of(
                    expected.hasOnly(LayerPlanParser.NAME) ? diagnostic.withHelp("choose another name") : diagnostic);
        }
        if (expected.hasOnly(LayerPlanParser.NAME) && isWord(found)) {
            return Optional.of(SyntaxMessages.reservedWord(spans.of(found), found.getText()));
        }
        return Optional.empty();
    }

    private Optional<Diagnostic> brackets() {
        Optional<Token> open = innermostOpenBracket();
        boolean inParentheses = open.isPresent() && open.get().getType() == LayerPlanParser.LEFT_PARENTHESIS;
        boolean inBlock = open.isPresent() && open.get().getType() == LayerPlanParser.LEFT_BRACE;
        if (inParentheses && expected.has(LayerPlanParser.RIGHT_PARENTHESIS) && endsParentheses()) {
            return Optional.of(SyntaxMessages.unclosedParenthesis(spans.of(open.get())));
        }
        if (inBlock && expected.has(LayerPlanParser.RIGHT_BRACE) && found.getType() == Token.EOF) {
            return Optional.of(SyntaxMessages.unclosedBlock(spans.of(open.get())));
        }
        boolean stray = (found.getType() == LayerPlanParser.RIGHT_BRACE && open.isEmpty())
                || (found.getType() == LayerPlanParser.RIGHT_PARENTHESIS && !inParentheses);
        return stray && (expected.has(LayerPlanParser.SEMICOLON) || expected.has(LayerPlanParser.RUN))
                ? Optional.of(SyntaxMessages.nothingToClose(spans.of(found), found.getText()))
                : Optional.empty();
    }

    /// Whether the token found can stand in no parentheses at all.
    private boolean endsParentheses() {
        return switch (found.getType()) {
            case Token.EOF,
                    LayerPlanParser.SEMICOLON,
                    LayerPlanParser.LEFT_BRACE,
                    LayerPlanParser.RIGHT_BRACE,
                    LayerPlanParser.RUN,
                    LayerPlanParser.SKIP_,
                    LayerPlanParser.PAR,
                    LayerPlanParser.LOOP,
                    LayerPlanParser.ATTN,
                    LayerPlanParser.FFN,
                    LayerPlanParser.LET,
                    LayerPlanParser.PARAM,
                    LayerPlanParser.PLAN,
                    LayerPlanParser.AVG,
                    LayerPlanParser.SUM,
                    LayerPlanParser.WEIGHTS,
                    LayerPlanParser.LP,
                    LayerPlanParser.EACH,
                    LayerPlanParser.SCALE,
                    LayerPlanParser.X,
                    LayerPlanParser.TIMES -> true;
            default -> false;
        };
    }

    private Optional<Token> innermostOpenBracket() {
        var open = new ArrayDeque<Token>();
        for (int i = 0; i < found.getTokenIndex(); i++) {
            Token token = tokens.get(i);
            switch (token.getType()) {
                case LayerPlanParser.LEFT_PARENTHESIS, LayerPlanParser.LEFT_BRACE -> open.push(token);
                case LayerPlanParser.RIGHT_PARENTHESIS, LayerPlanParser.RIGHT_BRACE -> open.poll();
                default -> {}
            }
        }
        return Optional.ofNullable(open.peek());
    }

    private Optional<Diagnostic> repeat() {
        String text = found.getText();
        boolean meantAsRepeat = found.getType() == LayerPlanParser.NAME
                && expected.has(LayerPlanParser.X)
                && text.length() > 1
                && text.charAt(0) == 'x';
        return meantAsRepeat
                ? Optional.of(SyntaxMessages.nameIsNoRepeat(spans.of(found), shorten(text)))
                : Optional.empty();
    }

    private Diagnostic unexpected() {
        return SyntaxMessages.unexpected(place(), expected.describe(), foundText())
                .withHelp(help());
    }

    /// The token, or for the end of a line or of the file the place after what stands before it.
    private SourceSpan place() {
        if (found.getType() == Token.EOF || found.getType() == LayerPlanParser.NEWLINE) {
            return previous().map(spans::after).orElseGet(spans::end);
        }
        return spans.of(found);
    }

    private String foundText() {
        return switch (found.getType()) {
            case Token.EOF -> "the end of the file";
            case LayerPlanParser.NEWLINE -> "the end of the line";
            default -> "`" + shorten(found.getText()) + "`";
        };
    }

    private Optional<String> help() {
        boolean statement = expected.has(LayerPlanParser.RUN);
        return switch (found.getType()) {
            case LayerPlanParser.NAME -> nameHelp(statement);
            case LayerPlanParser.X, LayerPlanParser.TIMES, LayerPlanParser.SCALE, LayerPlanParser.EACH ->
                suffixHelp(statement);
            case LayerPlanParser.AVG, LayerPlanParser.SUM, LayerPlanParser.WEIGHTS, LayerPlanParser.LP ->
                statement
                        ? Optional.of("a reducer stands on the line of the `par` or `}` that it belongs to")
                        : Optional.empty();
            case LayerPlanParser.NEWLINE -> newLineHelp();
            default -> separatorHelp();
        };
    }

    private Optional<String> nameHelp(boolean statement) {
        if (statement && tokens.LA(2) == LayerPlanParser.EQUALS) {
            return Optional.of("`let` names a layer list, `param` a number");
        }
        String text = found.getText();
        if (expected.has(LayerPlanParser.TIMES) && text.matches("X[0-9]+")) {
            return Optional.of("did you mean `" + text.toLowerCase(java.util.Locale.ROOT) + "`?");
        }
        return NearestWord.help(text, expected.words()).or(this::separatorHelp);
    }

    private Optional<String> suffixHelp(boolean statement) {
        if (statement) {
            return Optional.of("a suffix stands on the line of the statement or `}` that it belongs to");
        }
        if (expected.has(LayerPlanParser.AVG)) {
            return Optional.of("the reducer comes before the suffixes");
        }
        return found.getType() == LayerPlanParser.EACH
                ? Optional.of("`each` follows the layers of `run`, `attn` or `ffn`, before the other suffixes")
                : Optional.empty();
    }

    private Optional<String> newLineHelp() {
        return expected.has(LayerPlanParser.SEMICOLON)
                ? Optional.empty()
                : Optional.of("a statement goes on in the next line only inside parentheses or a block");
    }

    private Optional<String> separatorHelp() {
        if (expected.has(LayerPlanParser.COMMA) && (isNumber(found) || isItemWord(found))) {
            return Optional.of("`,` separates the items of a list");
        }
        return expected.has(LayerPlanParser.SEMICOLON) && isWord(found)
                ? Optional.of("`;` or a new line separates statements")
                : Optional.empty();
    }

    private Optional<Token> previous() {
        for (int i = found.getTokenIndex() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != LayerPlanParser.NEWLINE) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    private boolean adjacent(Token before) {
        return before.getStopIndex() + 1 == found.getStartIndex();
    }

    private static boolean isNumber(Token token) {
        return token.getType() == LayerPlanParser.INTEGER || token.getType() == LayerPlanParser.REAL;
    }

    private static boolean isWord(Token token) {
        return token.getType() != Token.EOF
                && Character.isLetter(token.getText().charAt(0));
    }

    private static boolean isItemWord(Token token) {
        return switch (token.getType()) {
            case LayerPlanParser.NAME,
                    LayerPlanParser.ALL,
                    LayerPlanParser.REST,
                    LayerPlanParser.REV,
                    LayerPlanParser.SHUFFLE,
                    LayerPlanParser.LAST,
                    LayerPlanParser.MID,
                    LayerPlanParser.LAYERS -> true;
            default -> false;
        };
    }

    private static String shorten(String text) {
        return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
    }
}
