package io.layerplan.compiler.diagnostics;

import java.util.Arrays;

/// A text that diagnostics point into, with the name it goes by: a plan file, what was piped in, or a flag of the
/// command line such as `--set n=6`, which has a name and no lines.
///
/// Lines end with `\n`, `\r\n` or `\r`. Offsets count UTF-16 units of [#text()].
public final class SourceText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String name;
    private final String text;
    private final int[] lineStarts;

    /// A leading byte order mark is dropped.
    public SourceText(String name, String text) {
        this.name = name;
        this.text = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        this.lineStarts = lineStarts(this.text);
    }

    /// A flag as the place that a diagnostic is about, written as the user wrote it.
    public static SourceText flag(String flag) {
        return new SourceText(flag, "");
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /// Where an offset is, for people. The end of the text is a place too.
    ///
    /// @param line counted from 1
    /// @param column counted from 1, in characters (code points)
    public record Position(int line, int column) {}

    public Position position(int offset) {
        int line = lineOf(offset);
        return new Position(line, text.codePointCount(lineStarts[line - 1], offset) + 1);
    }

    /// The line, counted from 1, that an offset lies in.
    int lineOf(int offset) {
        if (offset < 0 || offset > text.length()) {
            throw new IndexOutOfBoundsException("offset " + offset + " of " + text.length());
        }
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /// Where a line, counted from 1, starts.
    int startOfLine(int line) {
        return lineStarts[line - 1];
    }

    /// Where a line ends, its line end not included.
    int endOfLine(int line) {
        int end = line < lineStarts.length ? lineStarts[line] : text.length();
        while (end > lineStarts[line - 1] && isLineEnd(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int lines = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (ends) {
                if (lines == starts.length) {
                    starts = Arrays.copyOf(starts, lines * 2);
                }
                starts[lines++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, lines);
    }

    @Override
    public String toString() {
        return name;
    }
}
