package io.layerplan.compiler.draw;

import static io.layerplan.compiler.draw.SvgWriter.number;

import java.util.List;

/// Draws branches: behind the boxes of each lane a line, from its first box to its last, or to the join.
final class LaneDrawing {
    private final SvgWriter svg;
    private final double boxes;

    private LaneDrawing(SvgWriter svg, double boxes) {
        this.svg = svg;
        this.boxes = boxes;
    }

    /// @param boxes width of all lanes
    static void draw(SvgWriter svg, List<PlacedBand> bands, double boxes) {
        LaneDrawing drawing = new LaneDrawing(svg, boxes);
        int first = 0;
        for (int i = 0; i < bands.size(); i++) {
            boolean last = i == bands.size() - 1;
            if (last
                    || bands.get(i).sectionEnds()
                    || bands.get(i + 1).column() != bands.get(i).column()) {
                drawing.draw(bands.subList(first, i + 1));
                first = i + 1;
            }
        }
    }

    /// Bands of one section in one column.
    private void draw(List<PlacedBand> bands) {
        int lanes = bands.getFirst().section().lanes();
        double left = bands.getFirst().x() + Measures.BAND + Measures.NUMBER;
        for (int lane = 0; lanes > 1 && lane < lanes; lane++) {
            int number = lane;
            List<PlacedBand> own =
                    bands.stream().filter(band -> hasBox(band, number)).toList();
            if (own.size() > 1) {
                double x = left + boxes * (lane + 0.5) / lanes;
                svg.path(
                        "lane",
                        "M%s %sV%s"
                                .formatted(
                                        number(x),
                                        number(own.getFirst().middle()),
                                        number(own.getLast().middle())));
            }
        }
    }

    private static boolean hasBox(PlacedBand placed, int lane) {
        return placed.band().boxes().stream().anyMatch(box -> box.firstLane() <= lane && lane <= box.lastLane());
    }
}
