package io.layerplan.compiler.syntax;

import io.layerplan.compiler.diagnostics.NearestWord;
import io.layerplan.grammar.LayerPlanParser;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/// What to do about a token that does not fit, where that can be guessed.
final class SyntaxHelp {
    private final Unexpected unexpected;
    private final ExpectedTokens expected;
    private final Token found;

    SyntaxHelp(Unexpected unexpected) {
        this.unexpected = unexpected;
        this.expected = unexpected.expected();
        this.found = unexpected.found();
    }

    Optional<String> help() {
        if (unexpected.is(LayerPlanParser.NEWLINE)) {
            return newLine();
        }
        if (unexpected.is(LayerPlanParser.NAME)) {
            return name();
        }
        if (Unexpected.isSuffixWord(found)) {
            return suffix();
        }
        if (Unexpected.isReducerWord(found)) {
            return reducer();
        }
        return other();
    }

    static Optional<String> forCharacter(int character) {
        return switch (character) {
            case '.' -> Optional.of("numbers are written `12` or `0.5`, ranges `4..11`");
            case '–', '—', '−' -> Optional.of("did you mean `-`?");
            case '…' -> Optional.of("did you mean `..`?");
            case '×' -> Optional.of("did you mean `x`?");
            default -> Optional.empty();
        };
    }

    private Optional<String> newLine() {
        boolean goesOn =
                unexpected.next().filter(token -> expected.has(token.getType())).isPresent();
        return goesOn && !expected.has(LayerPlanParser.SEMICOLON)
                ? Optional.of("a statement goes on in the next line only inside parentheses")
                : Optional.empty();
    }

    private Optional<String> name() {
        boolean definition = expected.has(LayerPlanParser.RUN)
                && unexpected
                        .next()
                        .filter(token -> token.getType() == LayerPlanParser.EQUALS)
                        .isPresent();
        if (definition) {
            return Optional.of("`let` names a layer list, `param` a number");
        }
        String lowerCase = found.getText().toLowerCase(Locale.ROOT);
        if (expected.has(LayerPlanParser.TIMES) && isAttachedRepeat(lowerCase)) {
            return Optional.of("did you mean `" + lowerCase + "`?");
        }
        return NearestWord.help(found.getText(), expected.words()).or(this::other);
    }

    private static boolean isAttachedRepeat(String text) {
        return text.length() > 1
                && text.charAt(0) == 'x'
                && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }

    private Optional<String> suffix() {
        if (expected.has(LayerPlanParser.RUN)) {
            return Optional.of("a suffix stands on the line of the statement or `}` that it belongs to");
        }
        if (expected.has(LayerPlanParser.AVG)) {
            return Optional.of("the reducer comes before the suffixes");
        }
        if (unexpected.statementWord() == LayerPlanParser.SKIP_) {
            return Optional.of("`skip` runs nothing and takes no suffix");
        }
        if (unexpected.is(LayerPlanParser.EACH)) {
            return Optional.of("`each` follows the layers of `run`, `attn` or `ffn`, before the other suffixes");
        }
        return expected.has(LayerPlanParser.X)
                ? Optional.of("the repeat of a loop comes before other suffixes")
                : Optional.empty();
    }

    private Optional<String> reducer() {
        if (expected.has(LayerPlanParser.RUN)) {
            return Optional.of("a reducer stands on the line of the `par` or `}` that it belongs to");
        }
        return expected.has(LayerPlanParser.SEMICOLON)
                ? Optional.of("a reducer follows the layers or the `}` of a `par`")
                : Optional.empty();
    }

    private Optional<String> other() {
        boolean isList = unexpected.is(LayerPlanParser.RANGE) || Unexpected.isItemWord(found);
        if (isList && unexpected.statementWord() == LayerPlanParser.PARAM) {
            return Optional.of("`let` names a layer list, `param` a number");
        }
        if (unexpected.is(LayerPlanParser.BY)) {
            return Optional.of("`by` follows a range");
        }
        if (expected.has(LayerPlanParser.COMMA) && (Unexpected.isNumber(found) || Unexpected.isItemWord(found))) {
            return Optional.of("`,` separates the items of a list");
        }
        return expected.has(LayerPlanParser.SEMICOLON) && Unexpected.isStatementWord(found)
                ? Optional.of("`;` or a new line separates statements")
                : Optional.empty();
    }
}
