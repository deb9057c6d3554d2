package io.layerplan.compiler.diagnostics;

/// The line that a span starts in, made fit for a terminal: tabs are four blanks, control and formatting characters are
/// shown as U+FFFD, and of a very long line only the surroundings of the span are kept.
///
/// @param line counted from 1
/// @param indent terminal columns before the caret
/// @param width terminal columns under the span, at least 1
record Snippet(int line, String text, int indent, int width) {
    private static final int BEFORE = 120;
    private static final int AFTER = 80;
    private static final String CUT = "…";

    static Snippet of(SourceSpan span) {
        SourceText source = span.source();
        int line = source.lineOf(span.start());
        int lineStart = source.startOfLine(line);
        int lineEnd = source.endOfLine(line);
        int start = Math.min(span.start(), lineEnd);
        int end = Math.min(span.end(), lineEnd);
        int from = start - lineStart > BEFORE ? characterAt(source, start - BEFORE) : lineStart;
        int to = lineEnd - start > AFTER ? characterAt(source, start + AFTER) : lineEnd;

        var shown = new StringBuilder(from > lineStart ? CUT : "");
        int before = append(shown, source, from, start) + (from > lineStart ? 1 : 0);
        int under = append(shown, source, start, Math.min(end, to));
        append(shown, source, Math.min(end, to), to);
        shown.append(to < lineEnd ? CUT : "");
        return new Snippet(line, shown.toString().stripTrailing(), before, Math.max(under, 1));
    }

    /// The offset itself, or the one before it where it would cut a surrogate pair in two.
    private static int characterAt(SourceText source, int offset) {
        return Character.isLowSurrogate(source.text().charAt(offset)) ? offset - 1 : offset;
    }

    /// Appends the characters from one offset to another, and tells how many terminal columns they take.
    private static int append(StringBuilder shown, SourceText source, int from, int to) {
        String text = source.text();
        int columns = 0;
        for (int i = from; i < to; ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (character == '\t') {
                shown.append("    ");
                columns += 4;
            } else if (isInvisible(character)) {
                shown.append('\uFFFD');
                columns++;
            } else {
                shown.appendCodePoint(character);
                columns += width(character);
            }
        }
        return columns;
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /// How many terminal columns a character takes: East Asian wide characters and emoji two, combining marks none.
    private static int width(int character) {
        if (character < 0x300) {
            return 1;
        }
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1F64F)
                || (c >= 0x1F680 && c <= 0x1F6FF)
                || (c >= 0x1F900 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }
}
