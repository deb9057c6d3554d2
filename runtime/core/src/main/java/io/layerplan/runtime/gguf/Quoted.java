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
        int[] points = text.codePoints().limit(LONGEST + 1L).toArray();
        for (int i = 0; i < Math.min(points.length, LONGEST); i++) {
            int point = points[i];
            boolean hidden =
                    Character.isISOControl(point) || point == '`' || Character.getType(point) == Character.FORMAT;
            printable.append(hidden ? "\\u%04x".formatted(point) : Character.toString(point));
        }
        return printable.append(points.length > LONGEST ? "…" : "").toString();
    }
}
