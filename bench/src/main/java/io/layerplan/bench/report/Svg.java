package io.layerplan.bench.report;

import java.util.Locale;

/// Writes a picture into a page: elements are styled by the page's classes, coordinates are pixels of its view box.
final class Svg {
    private final StringBuilder text = new StringBuilder();
    private final double width;
    private final double height;
    private final String title;

    /// @param title what those hear who cannot see it
    Svg(double width, double height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
    }

    /// A bar or a segment, with a text that is shown when it is pointed at.
    Svg bar(String style, double x, double y, double width, double height, String tip) {
        text.append("<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\">%s</rect>\n"
                .formatted(style, number(x), number(y), number(Math.max(width, 0.5)), number(height), tip(tip)));
        return this;
    }

    Svg text(String style, double x, double y, String words) {
        text.append("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
                .formatted(style, number(x), number(y), escape(words)));
        return this;
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        text.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(style, number(x1), number(y1), number(x2), number(y2)));
        return this;
    }

    Svg circle(String style, double x, double y, double radius, String tip) {
        text.append("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\">%s</circle>\n"
                .formatted(style, number(x), number(y), number(radius), tip(tip)));
        return this;
    }

    String element() {
        return "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">\n%s</svg>\n"
                .formatted(number(width), number(height), escape(title), text);
    }

    private static String tip(String words) {
        return words.isEmpty() ? "" : "<title>" + escape(words) + "</title>";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /// As text of an element or value of an attribute.
    static String escape(String words) {
        StringBuilder escaped = new StringBuilder();
        words.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(c < ' ' && c != '\n' && c != '\t' ? 0xFFFD : c);
            }
        });
        return escaped.toString();
    }
}
