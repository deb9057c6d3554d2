package io.layerplan.compiler.syntax;

import io.layerplan.grammar.LayerPlanParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/// The tokens that would have fitted, in the words of people: `a layer list or a block`. Operators, and other ways to
/// go on with an expression or a list that is complete as it stands, are left out.
record ExpectedTokens(IntervalSet tokens) {
    boolean has(int token) {
        return tokens.contains(token);
    }

    boolean hasOnly(int token) {
        return tokens.size() == 1 && has(token);
    }

    /// The reserved words among them.
    List<String> words() {
        var words = new ArrayList<String>();
        for (int token : tokens.toList()) {
            String literal = token == Token.EOF ? null : LayerPlanParser.VOCABULARY.getLiteralName(token);
            if (literal != null && Character.isLetter(literal.charAt(1))) {
                words.add(literal.substring(1, literal.length() - 1));
            }
        }
        return words;
    }

    String describe() {
        var phrases = new ArrayList<String>();
        boolean statement = has(LayerPlanParser.RUN);
        add(phrases, statement, "a statement");
        add(phrases, statement && has(LayerPlanParser.RIGHT_BRACE), "`}`");
        add(phrases, has(LayerPlanParser.AVG), "a reducer (`avg`, `sum`, `weights(…)` or `lp`)");
        add(phrases, has(LayerPlanParser.SCALE), "a suffix");
        add(phrases, has(LayerPlanParser.X) && !has(LayerPlanParser.SCALE), "a repeat such as `x3` or `x(n)`");
        addOperands(phrases);
        add(phrases, has(LayerPlanParser.LEFT_BRACE) && has(LayerPlanParser.ALL), "a block");
        add(phrases, has(LayerPlanParser.SEED), "`seed`");
        add(phrases, hasOnly(LayerPlanParser.NAME), "a name");
        add(phrases, has(LayerPlanParser.EQUALS), "`=`");
        add(phrases, hasOnly(LayerPlanParser.LEFT_PARENTHESIS), "`(`");
        add(phrases, hasOnly(LayerPlanParser.LEFT_BRACE), "`{`");
        add(phrases, has(LayerPlanParser.RIGHT_PARENTHESIS) && has(LayerPlanParser.COMMA), "`,`");
        add(phrases, has(LayerPlanParser.RIGHT_PARENTHESIS), "`)`");
        add(phrases, has(LayerPlanParser.SEMICOLON) && !statement, "the end of the statement");
        return join(phrases);
    }

    private void addOperands(List<String> phrases) {
        if (has(LayerPlanParser.ALL)) {
            phrases.add("a layer list");
        } else if (has(LayerPlanParser.REAL)) {
            phrases.add("a number");
        } else if (has(LayerPlanParser.INTEGER)) {
            phrases.add("digits or a number in parentheses");
        }
    }

    private static void add(List<String> phrases, boolean condition, String phrase) {
        if (condition) {
            phrases.add(phrase);
        }
    }

    private static String join(List<String> phrases) {
        int last = phrases.size() - 1;
        return last < 1
                ? String.join("", phrases)
                : String.join(", ", phrases.subList(0, last)) + " or " + phrases.get(last);
    }
}
