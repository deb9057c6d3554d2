package io.layerplan.compiler.syntax;

import io.layerplan.grammar.LayerPlanParser;
import java.util.ArrayDeque;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/// A token that does not fit, what would have fitted, and what stands around it.
record Unexpected(TokenStream tokens, ExpectedTokens expected, Token found) {
    private static final int LONGEST_QUOTE = 40;

    boolean is(int type) {
        return found.getType() == type;
    }

    /// The token that the parser saw before, on whichever line.
    Optional<Token> previous() {
        for (int i = found.getTokenIndex() - 1; i >= 0; i--) {
            if (isOnLine(tokens.get(i))) {
                return Optional.of(tokens.get(i));
            }
        }
        return Optional.empty();
    }

    /// The token after the one found, on whichever line.
    Optional<Token> next() {
        for (int i = found.getTokenIndex() + 1; i < tokens.size(); i++) {
            if (isOnLine(tokens.get(i))) {
                return Optional.of(tokens.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean isOnLine(Token token) {
        return token.getChannel() == Token.DEFAULT_CHANNEL && token.getType() != LayerPlanParser.NEWLINE;
    }

    /// Whether the token found follows a token without a blank between.
    boolean touches(Token before) {
        return before.getStopIndex() + 1 == found.getStartIndex();
    }

    /// The type of the word that the statement around the token starts with.
    int statementWord() {
        int word = Token.INVALID_TYPE;
        for (int i = found.getTokenIndex() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                switch (token.getType()) {
                    case LayerPlanParser.NEWLINE,
                            LayerPlanParser.SEMICOLON,
                            LayerPlanParser.LEFT_BRACE,
                            LayerPlanParser.RIGHT_BRACE -> {
                        return word;
                    }
                    default -> word = token.getType();
                }
            }
        }
        return word;
    }

    Optional<Token> innermostOpenBracket() {
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

    /// What was found, in the words of people.
    String foundText() {
        return switch (found.getType()) {
            case Token.EOF -> "the end of the file";
            case LayerPlanParser.NEWLINE -> "the end of the line";
            default -> "`" + shorten(found.getText()) + "`";
        };
    }

    static String shorten(String text) {
        return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "…" : text;
    }

    static boolean isNumber(Token token) {
        return token.getType() == LayerPlanParser.INTEGER || token.getType() == LayerPlanParser.REAL;
    }

    /// A name or a reserved word.
    static boolean isWord(Token token) {
        return token.getType() != Token.EOF
                && (Character.isLetter(token.getText().charAt(0)) || token.getType() == LayerPlanParser.NAME);
    }

    static boolean isStatementWord(Token token) {
        return switch (token.getType()) {
            case LayerPlanParser.RUN,
                    LayerPlanParser.SKIP_,
                    LayerPlanParser.PAR,
                    LayerPlanParser.LOOP,
                    LayerPlanParser.ATTN,
                    LayerPlanParser.FFN,
                    LayerPlanParser.LET,
                    LayerPlanParser.PARAM,
                    LayerPlanParser.PLAN -> true;
            default -> false;
        };
    }

    static boolean isReducerWord(Token token) {
        return switch (token.getType()) {
            case LayerPlanParser.AVG, LayerPlanParser.SUM, LayerPlanParser.WEIGHTS, LayerPlanParser.LP -> true;
            default -> false;
        };
    }

    static boolean isSuffixWord(Token token) {
        return switch (token.getType()) {
            case LayerPlanParser.EACH, LayerPlanParser.SCALE, LayerPlanParser.X, LayerPlanParser.TIMES -> true;
            default -> false;
        };
    }

    static boolean isItemWord(Token token) {
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
}
