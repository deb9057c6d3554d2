package io.layerplan.runtime.gguf;

/// Text from an untrusted file, fit for a message: in backticks, at most 64 characters, control characters
/// escaped.
public final class Quoted {
    private static final int LONGEST = 64;

    private Quoted() {}

    public static String of(String text) {
        return "`" + printable(text) + "`";
    }

    /// The text without the backticks.
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(point -> {
            if (Character.isISOControl(point) || point == '`' || Character.getType(point) == Character.FORMAT) {
                printable.append("\\u%04x".formatted(point));
            } else {
                printable.appendCodePoint(point);
            }
        });
        return printable
                .append(text.codePointCount(0, text.length()) > LONGEST ? "…" : "")
                .toString();
    }
}
