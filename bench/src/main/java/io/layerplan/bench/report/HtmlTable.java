package io.layerplan.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/// A table of a page.
final class HtmlTable {
    private final StringBuilder rows = new StringBuilder();

    HtmlTable(List<String> header) {
        rows.append(row("th", header));
    }

    HtmlTable row(List<String> cells) {
        rows.append(row("td", cells));
        return this;
    }

    String element() {
        return "<div class=\"scroll\"><table>\n" + rows + "</table></div>\n";
    }

    private static String row(String element, List<String> cells) {
        return cells.stream()
                .map(cell -> "<%s>%s</%s>".formatted(element, Svg.escape(cell), element))
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }
}
