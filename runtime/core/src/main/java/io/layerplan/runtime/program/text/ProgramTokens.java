package io.layerplan.runtime.program.text;

import io.layerplan.runtime.InputException;

/// The tokens of a program's text, one ahead: words, numbers, quoted names and symbols. Every error names the line and
/// what was expected there.
final class ProgramTokens {
    private static final int LONGEST_SHOWN = 40;

    private enum Kind {
        WORD("a word"),
        NUMBER("a number"),
        NAME("a name in double quotes"),
        SYMBOL("a symbol"),
        END("the end");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    private final String source;
    private final String text;
    private int position;
    private int line = 1;
    private Kind kind = Kind.END;
    private String token = "";
    private int tokenLine = 1;

    /// @param source what the text is, for messages
    ProgramTokens(String source, String text) {
        this.source = source;
        this.text = text;
        advance();
    }

    /// The line of the next token, from 1.
    int line() {
        return tokenLine;
    }

    boolean atWord(String word) {
        return kind == Kind.WORD && token.equals(word);
    }

    /// Whether a word that begins with `prefix` and a digit is next.
    boolean atId(String prefix) {
        return kind == Kind.WORD
                && token.startsWith(prefix)
                && token.length() > prefix.length()
                && isDigit(token.charAt(prefix.length()));
    }

    boolean atNumber() {
        return kind == Kind.NUMBER;
    }

    /// Takes the symbol if it is next.
    boolean accept(String symbol) {
        boolean found = kind == Kind.SYMBOL && token.equals(symbol);
        if (found) {
            advance();
        }
        return found;
    }

    void symbol(String symbol) {
        if (!accept(symbol)) {
            throw expected("`" + symbol + "`");
        }
    }

    /// The next token is this word.
    void keyword(String word) {
        if (!atWord(word)) {
            throw expected("`" + word + "`");
        }
        advance();
    }

    /// Any word.
    ///
    /// @param what what it has to be, for messages
    String word(String what) {
        return take(Kind.WORD, what);
    }

    String name() {
        return take(Kind.NAME, Kind.NAME.label);
    }

    void end() {
        if (kind != Kind.END) {
            throw expected("the end of the text");
        }
    }

    /// A word `prefix` followed by a number, such as `w12`; the number.
    int id(String prefix, String what) {
        if (kind != Kind.WORD || !token.startsWith(prefix)) {
            throw expected("%s such as `%s0`".formatted(what, prefix));
        }
        String digits = token.substring(prefix.length());
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw expected("%s such as `%s0`".formatted(what, prefix));
        }
        int id = parseInteger(digits, what);
        advance();
        return id;
    }

    /// A whole number from 0 to 2³¹ - 1.
    int integer(String what) {
        if (kind != Kind.NUMBER || !token.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw expected("%s, a whole number".formatted(what));
        }
        int value = parseInteger(token, what);
        advance();
        return value;
    }

    float real32(String what) {
        String digits = take(Kind.NUMBER, what + ", a number");
        float value = Float.parseFloat(digits);
        if (!Float.isFinite(value)) {
            throw refuse("%s is %s, more than a 32-bit float can hold".formatted(what, digits));
        }
        return value;
    }

    double real64(String what) {
        String digits = take(Kind.NUMBER, what + ", a number");
        double value = Double.parseDouble(digits);
        if (!Double.isFinite(value)) {
            throw refuse("%s is %s, more than a 64-bit float can hold".formatted(what, digits));
        }
        return value;
    }

    InputException expected(String what) {
        String found = kind == Kind.END ? "the text ends" : "found `" + shown() + "`";
        return refuse("expected " + what + ", " + found);
    }

    InputException refuse(String what) {
        return refuse(tokenLine, what);
    }

    InputException refuse(int atLine, String what) {
        return new InputException("%s, line %d: %s".formatted(source, atLine, what));
    }

    private int parseInteger(String digits, String what) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw refuse("%s is %s, more than %d".formatted(what, shown(), Integer.MAX_VALUE));
        }
    }

    private String shown() {
        String shown = kind == Kind.NAME ? QuotedText.quote(token) : token;
        return shown.length() > LONGEST_SHOWN ? shown.substring(0, LONGEST_SHOWN) + "…" : shown;
    }

    private String take(Kind wanted, String what) {
        if (kind != wanted) {
            throw expected(what);
        }
        String taken = token;
        advance();
        return taken;
    }

    private void advance() {
        skipSpace();
        tokenLine = line;
        if (position == text.length()) {
            kind = Kind.END;
            token = "";
            return;
        }
        char first = text.charAt(position);
        int start = position;
        if (isLetter(first)) {
            kind = Kind.WORD;
            skipWord();
            token = text.substring(start, position);
        } else if (first == '-' || isDigit(first)) {
            kind = Kind.NUMBER;
            skipNumber();
            token = text.substring(start, position);
        } else if (first == '"') {
            kind = Kind.NAME;
            token = quoted();
        } else {
            kind = Kind.SYMBOL;
            token = text.startsWith("..", position) ? ".." : new String(Character.toChars(text.codePointAt(position)));
            position += token.length();
        }
    }

    private void skipSpace() {
        while (position < text.length() && (at(' ') || at('\n') || at('\r') || at('\t'))) {
            if (at('\n')) {
                line++;
            }
            position++;
        }
    }

    private void skipWord() {
        while (position < text.length() && (isLetter(text.charAt(position)) || isDigit(text.charAt(position)))) {
            position++;
        }
    }

    /// `-? digits (. digits)? (E -? digits)?`; the two points of a range belong to no number.
    private void skipNumber() {
        if (at('-')) {
            position++;
        }
        digits();
        if (at('.') && !text.startsWith("..", position)) {
            position++;
            digits();
        }
        if (at('E') || at('e')) {
            position++;
            if (at('-') || at('+')) {
                position++;
            }
            digits();
        }
    }

    private void digits() {
        int start = position;
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw refuse(line, "a number lacks a digit");
        }
    }

    private String quoted() {
        StringBuilder out = new StringBuilder();
        position++;
        while (!at('"')) {
            if (position == text.length() || at('\n')) {
                throw refuse(line, "a name lacks its closing quote");
            }
            out.append(at('\\') ? escape() : text.charAt(position++));
        }
        position++;
        return out.toString();
    }

    private char escape() {
        position++;
        if (at('"') || at('\\')) {
            return text.charAt(position++);
        }
        int end = position + 5;
        if (at('u') && end <= text.length()) {
            String digits = text.substring(position + 1, end);
            if (digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
                position = end;
                return (char) Integer.parseInt(digits, 16);
            }
        }
        throw refuse(line, "expected `\\\\`, `\\\"` or `\\uXXXX` after a backslash in a name");
    }

    private boolean at(char c) {
        return position < text.length() && text.charAt(position) == c;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
