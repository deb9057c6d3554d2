package io.layerplan.compiler.draw;

import static io.layerplan.compiler.draw.SvgWriter.number;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Draws the residual stream: a rail from the launch that writes it to the last one that reads it, with a circle where
/// a section's result becomes the stream; a plus in it where the section adds to the stream that it read.
final class RailDrawing {
    private static final double RADIUS = 4.5;

    private final SvgWriter svg;

    private final double columnWidth;
    private final double top;

    /// The lower end of each column.
    private final Map<Integer, Double> bottoms = new HashMap<>();

    private RailDrawing(SvgWriter svg, List<PlacedBand> bands, double columnWidth) {
        this.svg = svg;
        this.columnWidth = columnWidth;
        this.top = bands.getFirst().y();
        bands.forEach(band -> bottoms.merge(band.column(), band.bottom(), Math::max));
    }

    static void draw(SvgWriter svg, List<PlacedBand> bands, double columnWidth) {
        RailDrawing rail = new RailDrawing(svg, bands, columnWidth);
        Optional<PlacedBand> from = Optional.empty();
        for (PlacedBand band : bands) {
            if (band.band().readsStream()) {
                from.ifPresent(start -> rail.connect(start, band));
                rail.read(band);
                from = Optional.of(band);
            }
            if (band.sectionEnds()) {
                from = Optional.of(band);
            }
        }
        bands.stream().limit(bands.size() - 1).filter(PlacedBand::sectionEnds).forEach(rail::write);
    }

    private static double x(PlacedBand band) {
        return band.x() + Measures.RAIL;
    }

    /// In another column the rail goes on at the top: it is led there behind its own column, and above those between.
    private void connect(PlacedBand from, PlacedBand to) {
        if (from.column() == to.column()) {
            svg.path("rail", "M%s %sV%s".formatted(number(x(from)), number(from.middle()), number(to.middle())));
            return;
        }
        double bottom = bottoms.getOrDefault(from.column(), from.bottom());
        double between = from.x() + columnWidth + Measures.COLUMN_GAP / 2;
        svg.path(
                "rail",
                "M%s %sV%sH%sV%sH%sV%s"
                        .formatted(
                                number(x(from)),
                                number(from.middle()),
                                number(bottom + 8),
                                number(between),
                                number(top - 8),
                                number(x(to)),
                                number(to.middle())));
    }

    private void read(PlacedBand band) {
        svg.path(
                "tick",
                "M%s %sH%s".formatted(number(x(band)), number(band.middle()), number(band.x() + Measures.BAND)));
    }

    private void write(PlacedBand band) {
        double x = x(band);
        double y = band.middle();
        svg.path("tick", "M%s %sH%s".formatted(number(x), number(y), number(band.x() + Measures.BAND)));
        svg.circle("add", x, y, RADIUS);
        if (band.band().readsStream()) {
            svg.path("tick", "M%s %sh5M%s %sv5".formatted(number(x - 2.5), number(y), number(x), number(y - 2.5)));
        }
    }
}
