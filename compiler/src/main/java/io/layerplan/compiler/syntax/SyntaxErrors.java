package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.SourceSpan;
import io.layerplan.grammar.LayerPlanParser;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/// Chooses the message for a token that does not fit: the likeliest mistake that explains it, or else what was
/// expected.
final class SyntaxErrors {
    private final Unexpected unexpected;
    private final Spans spans;
    private final ExpectedTokens expected;
    private final Token found;

    SyntaxErrors(Unexpected unexpected, Spans spans) {
        this.unexpected = unexpected;
        this.spans = spans;
        this.expected = unexpected.expected();
        this.found = unexpected.found();
    }

    Diagnostic diagnostic() {
        return lexical()
                .or(this::reserved)
                .or(this::brackets)
                .or(this::repeat)
                .orElseGet(() -> SyntaxMessages.unexpected(place(), expected.describe(), unexpected.foundText())
                        .withHelp(new SyntaxHelp(unexpected).help()));
    }

    private Optional<Diagnostic> lexical() {
        if (unexpected.is(LayerPlanParser.UNKNOWN)) {
            int character = found.getText().codePointAt(0);
            return Optional.of(SyntaxMessages.unexpectedCharacter(spans.of(found), quote(character))
                    .withHelp(SyntaxHelp.forCharacter(character)));
        }
        Optional<Token> number =
                unexpected.previous().filter(Unexpected::isNumber).filter(unexpected::touches);
        if (number.isPresent() && Unexpected.isWord(found)) {
            String text = Unexpected.shorten(number.get().getText() + found.getText());
            return Optional.of(SyntaxMessages.notANumber(spans.between(number.get(), found), text));
        }
        return Optional.empty();
    }

    /// A character that can be seen is shown, another one is named.
    private static String quote(int character) {
        boolean visible = switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> true;
        };
        return visible ? "`" + Character.toString(character) + "`" : String.format("U+%04X", character);
    }

    private Optional<Diagnostic> reserved() {
        boolean asName = expected.hasOnly(LayerPlanParser.NAME);
        if (unexpected.is(LayerPlanParser.FUTURE)) {
            Diagnostic diagnostic = SyntaxMessages.reservedForLater(spans.of(found), found.getText());
            return Optional.of(asName ? diagnostic.withHelp("choose another name") : diagnostic);
        }
        return asName && Unexpected.isWord(found)
                ? Optional.of(SyntaxMessages.reservedWord(spans.of(found), found.getText()))
                : Optional.empty();
    }

    private Optional<Diagnostic> brackets() {
        Optional<Token> open = unexpected.innermostOpenBracket();
        boolean inParentheses = open.isPresent() && open.get().getType() == LayerPlanParser.LEFT_PARENTHESIS;
        boolean inBlock = open.isPresent() && !inParentheses;
        if (inParentheses && expected.has(LayerPlanParser.RIGHT_PARENTHESIS) && standsInNoParentheses()) {
            return Optional.of(SyntaxMessages.unclosedParenthesis(spans.of(open.get())));
        }
        if (inBlock && expected.has(LayerPlanParser.RIGHT_BRACE) && unexpected.is(Token.EOF)) {
            return Optional.of(SyntaxMessages.unclosedBlock(spans.of(open.get())));
        }
        boolean stray = (unexpected.is(LayerPlanParser.RIGHT_BRACE) && open.isEmpty())
                || (unexpected.is(LayerPlanParser.RIGHT_PARENTHESIS) && !inParentheses);
        return stray && (expected.has(LayerPlanParser.SEMICOLON) || expected.has(LayerPlanParser.RUN))
                ? Optional.of(SyntaxMessages.nothingToClose(spans.of(found), found.getText()))
                : Optional.empty();
    }

    private boolean standsInNoParentheses() {
        return switch (found.getType()) {
            case Token.EOF, LayerPlanParser.SEMICOLON, LayerPlanParser.LEFT_BRACE, LayerPlanParser.RIGHT_BRACE -> true;
            default ->
                Unexpected.isStatementWord(found) || Unexpected.isReducerWord(found) || Unexpected.isSuffixWord(found);
        };
    }

    private Optional<Diagnostic> repeat() {
        String text = found.getText();
        boolean meantAsRepeat = unexpected.is(LayerPlanParser.NAME)
                && expected.has(LayerPlanParser.X)
                && text.length() > 1
                && text.charAt(0) == 'x';
        return meantAsRepeat
                ? Optional.of(SyntaxMessages.nameIsNoRepeat(spans.of(found), Unexpected.shorten(text)))
                : Optional.empty();
    }

    /// The token, or for the end of a line or of the file the place after what stands before it.
    private SourceSpan place() {
        if (unexpected.is(Token.EOF) || unexpected.is(LayerPlanParser.NEWLINE)) {
            return unexpected.previous().map(spans::after).orElseGet(spans::end);
        }
        return spans.of(found);
    }
}
