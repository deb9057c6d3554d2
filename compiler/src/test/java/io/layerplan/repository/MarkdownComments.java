package io.layerplan.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps `///` comments away from the formatter, which knows `//` only and would break a long line into `///` and `//`:
/// they are hidden behind short stand-ins, and wrapped here afterwards.
final class MarkdownComments {
    static final int COLUMNS = 120;

    private static final Pattern COMMENT = Pattern.compile("(?m)^([ \\t]*)///(.*)$");
    private static final Pattern STAND_IN = Pattern.compile("^( *)// hidden:(\\d+)$");
    /// A line that goes on with the sentence of the line before it: no list item, tag, table row, heading or code.
    private static final Pattern CONTINUATION = Pattern.compile("^ [^\\s\\-*+@|#>0-9].*");

    private final List<String> texts = new ArrayList<>();

    String hide(String source) {
        return COMMENT.matcher(source).replaceAll(match -> {
            texts.add(match.group(2).stripTrailing());
            return Matcher.quoteReplacement(match.group(1) + "// hidden:" + (texts.size() - 1));
        });
    }

    String restore(String source) {
        StringBuilder result = new StringBuilder();
        boolean fenced = false;
        String overflow = "";
        String indent = "";
        int restored = 0;
        for (String line : source.lines().toList()) {
            Matcher standIn = STAND_IN.matcher(line);
            boolean comment = standIn.matches();
            String text = comment ? texts.get(Integer.parseInt(standIn.group(2))) : "";
            fenced &= comment;
            boolean fence = text.startsWith(" ```");
            if (!overflow.isEmpty()
                    && comment
                    && !fence
                    && CONTINUATION.matcher(text).matches()) {
                text = " " + overflow + text;
                overflow = "";
            }
            overflow = flush(result, indent, overflow);
            if (!comment) {
                result.append(line).append('\n');
                continue;
            }
            restored++;
            indent = standIn.group(1);
            fenced ^= fence;
            overflow = fenced || text.startsWith(" |")
                    ? appendWhole(result, indent, text)
                    : appendWrapped(result, indent, text);
        }
        flush(result, indent, overflow);
        if (restored != texts.size()) {
            throw new IllegalStateException("%d of %d comment lines came back".formatted(restored, texts.size()));
        }
        return result.toString();
    }

    /// Lines of their own for what overflowed from the line before, if anything did.
    private static String flush(StringBuilder result, String indent, String overflow) {
        String rest = overflow;
        while (!rest.isEmpty()) {
            rest = appendWrapped(result, indent, " " + rest);
        }
        return rest;
    }

    private static String appendWhole(StringBuilder result, String indent, String text) {
        result.append(indent).append("///").append(text).append('\n');
        return "";
    }

    /// @return the words that did not fit
    private static String appendWrapped(StringBuilder result, String indent, String text) {
        int room = COLUMNS - indent.length() - "///".length();
        int blank = text.length() <= room ? text.length() : text.lastIndexOf(' ', room);
        boolean unbreakable = text.substring(0, Math.max(blank, 0)).isBlank();
        int end = unbreakable ? text.length() : blank;
        appendWhole(result, indent, text.substring(0, end));
        return text.substring(end).strip();
    }
}
