package io.layerplan.compiler.syntax;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Where the blanks, line ends, comments and needless parentheses of a [RandomPlans] plan go. The tidy one has one
/// blank where one is needed, and no line end.
final class RandomLayout {
    private static final List<String> COMMENTS = List.of("# a comment", "#", "#; run 99 {", "# ü (層)", "## x3  ");

    private final Optional<Random> random;

    private RandomLayout(Optional<Random> random) {
        this.random = random;
    }

    static RandomLayout tidy() {
        return new RandomLayout(Optional.empty());
    }

    static RandomLayout messy(Random random) {
        return new RandomLayout(Optional.of(random));
    }

    private boolean oneIn(int n) {
        return random.isPresent() && random.get().nextInt(n) == 0;
    }

    String blank() {
        return oneIn(4) ? " \t " : " ";
    }

    String optionalBlank() {
        return random.isEmpty() || oneIn(2) ? " " : "";
    }

    /// A sign with blanks that it does not need.
    String around(String sign) {
        return random.isEmpty() && sign.equals("=") ? " = " : oneIn(3) ? " " + sign + "  " : sign;
    }

    String sum(String left, String operator, String right) {
        String sum = left + around(operator) + right;
        return oneIn(4) ? parentheses(sum) : sum;
    }

    /// In parentheses, inside which new lines and comments may stand.
    String parentheses(String inner) {
        return "(" + lineEnd(false) + inner + lineEnd(false) + ")";
    }

    /// Inside parentheses.
    String list(List<String> items) {
        return String.join("," + blank() + lineEnd(false), items);
    }

    /// Inside parentheses only if the depth is not 0.
    String items(List<String> items, int depth) {
        return depth == 0 ? String.join("," + blank(), items) : list(items);
    }

    private String lineEnd(boolean needed) {
        if (!needed && !oneIn(4)) {
            return "";
        }
        String end = oneIn(3) ? "\r\n" : "\n";
        return oneIn(2) ? " " + COMMENTS.get(random.orElseThrow().nextInt(COMMENTS.size())) + end : end;
    }

    private String separator() {
        return random.isEmpty() ? "; " : oneIn(2) ? lineEnd(true) + (oneIn(3) ? lineEnd(true) : "") : " ;" + blank();
    }

    String block(List<String> statements) {
        String open = random.isEmpty() ? "{ " : "{" + lineEnd(false);
        String close = random.isEmpty() ? " }" : (oneIn(3) ? separator() : " ") + "}";
        return open + joined(statements) + close;
    }

    String plan(List<String> statements) {
        return (oneIn(4) ? lineEnd(true) : "") + joined(statements) + lineEnd(false);
    }

    private String joined(List<String> statements) {
        var text = new StringBuilder();
        for (String statement : statements) {
            text.append(text.isEmpty() ? "" : separator()).append(statement);
        }
        return text.toString();
    }
}
