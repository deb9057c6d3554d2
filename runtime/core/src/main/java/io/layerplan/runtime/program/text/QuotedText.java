package io.layerplan.runtime.program.text;

/// Names in double quotes. Quotes and backslashes stand behind a backslash, whatever does not print as a backslash, `u`
/// and four hexadecimal digits, so that a name never breaks a line and any string survives UTF-8.
final class QuotedText {
    private QuotedText() {}

    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                out.append('\\').append((char) point);
            } else if (prints(point)) {
                out.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    out.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        return out.append('"').toString();
    }

    private static boolean prints(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
