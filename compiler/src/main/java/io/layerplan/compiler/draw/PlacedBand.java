package io.layerplan.compiler.draw;

import java.util.List;

/// A band on the page.
///
/// @param section     what it belongs to
/// @param sectionEnds whether it is the last of its section
/// @param x           left end of its column
/// @param y           its upper end
record PlacedBand(Band band, List<Line> lines, Section section, boolean sectionEnds, int column, double x, double y) {
    PlacedBand {
        lines = List.copyOf(lines);
    }

    static double height(List<Line> lines) {
        return lines.stream().mapToDouble(Line::height).sum() + (lines.size() + 1) * Measures.PADDING;
    }

    double height() {
        return height(lines);
    }

    double middle() {
        return y + height() / 2;
    }

    double bottom() {
        return y + height();
    }

    PlacedBand at(int number, double left, double top) {
        return new PlacedBand(band, lines, section, sectionEnds, number, left, top);
    }
}
