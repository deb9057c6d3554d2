package io.layerplan.runtime.gguf;

/// Text from an untrusted file, fit for a message: in backticks, at most 64 characters, control characters
/// escaped.
public final class Quoted {
    private static final int LONGEST = 64;

    private Quoted() {}

    public static String of(String text) {
        StringBuilder quoted = new StringBuilder("`");
        text.codePoints().limit(LONGEST).forEach(point -> {
            if (Character.isISOControl(point) || point == '`' || Character.getType(point) == Character.FORMAT) {
                quoted.append("\\u%04x".formatted(point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append(text.codePointCount(0, text.length()) > LONGEST ? "…`" : "`")
                .toString();
    }
}
