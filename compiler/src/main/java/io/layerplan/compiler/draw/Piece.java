package io.layerplan.compiler.draw;

import java.util.ArrayList;
import java.util.List;

/// What stays together in a column: a block, or a part of a long one. Its bands stand at places relative to it.
record Piece(List<String> heading, List<String> notes, List<PlacedBand> bands, double height) {
    /// A longer block may go on in another column.
    private static final int MOST_BANDS = 24;

    /// The bands of a part of a longer one.
    private static final int PART = 12;

    static final double HEADING_LINE = 14;
    static final double NOTE_LINE = 11;

    Piece {
        heading = List.copyOf(heading);
        notes = List.copyOf(notes);
        bands = List.copyOf(bands);
    }

    /// @param width of all lanes of a column
    static List<Piece> of(Block block, double width) {
        List<PlacedBand> all = new ArrayList<>();
        for (Section section : block.sections()) {
            BandLayout layout = new BandLayout(section.lanes(), block.layers(), width);
            for (Band band : section.bands()) {
                boolean ends = band.number() == section.bands().getLast().number();
                all.add(new PlacedBand(band, layout.lines(band), section, ends, 0, 0, 0));
            }
        }
        List<Piece> pieces = new ArrayList<>();
        int size = all.size() > MOST_BANDS ? PART : MOST_BANDS;
        for (int first = 0; first < all.size(); first += size) {
            pieces.add(of(block, first > 0, all.subList(first, Math.min(all.size(), first + size))));
        }
        return pieces;
    }

    private static Piece of(Block block, boolean continued, List<PlacedBand> bands) {
        List<PlacedBand> placed = new ArrayList<>();
        double y = 0;
        for (PlacedBand band : bands) {
            placed.add(band.at(0, 0, y));
            y += band.height() + Measures.BAND_GAP;
        }
        List<String> heading = wrap(block.title());
        List<String> notes = new ArrayList<>(block.notes());
        if (!block.layers().isEmpty()) {
            notes.addFirst(block.layers().size() == 1 ? "layer" : "layers");
        }
        if (continued) {
            notes.add("continued");
        }
        double words = heading.size() * HEADING_LINE + notes.size() * NOTE_LINE;
        return new Piece(heading, notes, placed, Math.max(y - Measures.BAND_GAP, words));
    }

    /// `0, 2, 4..9` in lines that fit beside the rail.
    private static List<String> wrap(String title) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String part : title.split(", ", -1)) {
            String longer = line.isEmpty() ? part : line + ", " + part;
            if (!line.isEmpty() && Measures.width(longer, Measures.LARGE) > Measures.TITLE) {
                lines.add(line + ",");
                line.setLength(0);
                line.append(part);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
