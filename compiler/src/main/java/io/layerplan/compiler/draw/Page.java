package io.layerplan.compiler.draw;

import java.util.ArrayList;
import java.util.List;

/// The pieces of a picture in columns, filled one after another.
///
/// @param columns  how many there are
/// @param boxes    width of all lanes of a column
/// @param pieces   with the places of their bands
/// @param headings where the pieces are
record Page(int columns, double boxes, List<Piece> pieces, List<Place> headings, double width, double height) {
    /// The upper left corner of a piece.
    record Place(double x, double y) {}

    private static final double BEST_ASPECT = 4.0 / 3;
    private static final int MOST_COLUMNS = 24;

    Page {
        pieces = List.copyOf(pieces);
        headings = List.copyOf(headings);
    }

    /// Takes as many columns as make the page about 4:3.
    ///
    /// @param top space above the columns
    static Page of(List<Block> blocks, double top) {
        double boxes = blocks.stream()
                .flatMap(block -> block.sections().stream())
                .mapToDouble(section -> section.lanes() * Measures.NARROWEST_LANE)
                .max()
                .orElse(0);
        double width = Math.max(Measures.BOXES, boxes);
        List<Piece> pieces = blocks.stream()
                .flatMap(block -> Piece.of(block, width).stream())
                .toList();
        Page best = place(pieces, 1, width, top);
        for (int columns = 2; columns <= Math.min(MOST_COLUMNS, pieces.size()); columns++) {
            Page page = place(pieces, columns, width, top);
            if (page.misfit() < best.misfit()) {
                best = page;
            }
        }
        return best;
    }

    private double misfit() {
        return Math.abs(Math.log(width / height / BEST_ASPECT));
    }

    static double columnWidth(double boxes) {
        return Measures.BAND + Measures.NUMBER + boxes + Measures.BYTES;
    }

    private static Page place(List<Piece> pieces, int columns, double boxes, double top) {
        double capacity = capacity(pieces, columns);
        List<Piece> placed = new ArrayList<>();
        List<Place> headings = new ArrayList<>();
        int column = 0;
        double y = 0;
        double lowest = 0;
        for (Piece piece : pieces) {
            if (y > 0 && y + piece.height() > capacity) {
                column++;
                y = 0;
            }
            double left = Measures.MARGIN + column * (columnWidth(boxes) + Measures.COLUMN_GAP);
            double upper = top + y;
            int number = column;
            headings.add(new Place(left, upper));
            placed.add(new Piece(
                    piece.heading(),
                    piece.notes(),
                    piece.bands().stream()
                            .map(band -> band.at(number, left, upper + band.y()))
                            .toList(),
                    piece.height()));
            y += piece.height() + Measures.BLOCK_GAP;
            lowest = Math.max(lowest, upper + piece.height());
        }
        double width =
                2 * Measures.MARGIN + (column + 1) * (columnWidth(boxes) + Measures.COLUMN_GAP) - Measures.COLUMN_GAP;
        return new Page(column + 1, boxes, placed, headings, width, lowest + Measures.MARGIN);
    }

    /// The least height of columns into which the pieces go.
    private static double capacity(List<Piece> pieces, int columns) {
        double low = pieces.stream().mapToDouble(Piece::height).max().orElse(0);
        double high = pieces.stream()
                .mapToDouble(piece -> piece.height() + Measures.BLOCK_GAP)
                .sum();
        while (high - low > 0.5) {
            double middle = (low + high) / 2;
            if (columnsNeeded(pieces, middle) <= columns) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static int columnsNeeded(List<Piece> pieces, double capacity) {
        int columns = 1;
        double y = 0;
        for (Piece piece : pieces) {
            if (y > 0 && y + piece.height() > capacity) {
                columns++;
                y = 0;
            }
            y += piece.height() + Measures.BLOCK_GAP;
        }
        return columns;
    }
}
