package io.layerplan.compiler.cli;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in columns, the first column's and named ones' cells at the left, all other ones at the right.
public final class Table {
    private final List<Boolean> right;
    private final List<List<String>> rows = new ArrayList<>();

    /// @param layout a letter a column: `l` for cells at the left, `r` for cells at the right
    public Table(String layout) {
        this.right = layout.chars().mapToObj(letter -> letter == 'r').toList();
    }

    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /// The rows, each with a line end, indented by two blanks.
    public String text() {
        int[] widths = new int[right.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String blanks = " ".repeat(widths[i] - row.get(i).length());
                line.append("  ").append(right.get(i) ? blanks + row.get(i) : row.get(i) + blanks);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
