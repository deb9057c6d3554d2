package io.layerplan.compiler.draw;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.Program;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Draws a program as SVG. The residual stream runs down the left side of each column; every launch is a band with its
/// number, every group of jobs in it a box; branches of a `par` stand side by side.
public final class PlanDrawing {
    /// Beyond it nobody would see anything.
    static final int MOST_LAUNCHES = 4000;

    private final SvgWriter svg = SvgWriter.create();
    private final Page page;

    private PlanDrawing(Page page) {
        this.page = page;
    }

    /// The whole document.
    ///
    /// @throws InputException if there is too much to draw
    public static String svg(Heading heading, Program program, LaunchSummary summary) {
        int launches = program.launches().size();
        if (launches > MOST_LAUNCHES) {
            throw new InputException(
                    "a picture of %,d launches could not be read".formatted(launches),
                    "draw a plan with at most %,d launches".formatted(MOST_LAUNCHES));
        }
        List<Block> blocks = PictureReader.read(program);
        HeaderDrawing header = new HeaderDrawing(heading, summary);
        double guess = Math.max(HeaderDrawing.NARROWEST, Page.of(blocks, 0).width());
        Page page = Page.of(blocks, header.height(guess));
        double width = Math.max(HeaderDrawing.NARROWEST, page.width());
        if (width != guess) {
            page = Page.of(blocks, Math.max(header.height(guess), header.height(width)));
            width = Math.max(HeaderDrawing.NARROWEST, page.width());
        }
        return new PlanDrawing(page).draw(header, heading.plan() + " on " + heading.model(), width);
    }

    private String draw(HeaderDrawing header, String title, double width) {
        return svg.document(width, page.height(), title, style(), () -> {
            svg.rectangle("page", 0, 0, width, page.height(), "");
            header.draw(svg, width);
            bands().forEach(this::band);
            RailDrawing.draw(svg, bands().toList(), Page.columnWidth(page.boxes()));
            LaneDrawing.draw(svg, bands().toList(), page.boxes());
            headings();
            bands().forEach(this::boxes);
        });
    }

    private Stream<PlacedBand> bands() {
        return page.pieces().stream().flatMap(piece -> piece.bands().stream());
    }

    private void headings() {
        for (int i = 0; i < page.pieces().size(); i++) {
            Piece piece = page.pieces().get(i);
            double x = page.headings().get(i).x();
            double y = page.headings().get(i).y() + Piece.HEADING_LINE - 1;
            for (String line : piece.heading()) {
                svg.text("block", x, y, line);
                y += Piece.HEADING_LINE;
            }
            for (String note : piece.notes()) {
                svg.text("note", x, y - 2, note);
                y += Piece.NOTE_LINE;
            }
        }
    }

    private void band(PlacedBand placed) {
        double width = Measures.NUMBER + page.boxes() + Measures.BYTES;
        svg.rectangle("band", placed.x() + Measures.BAND, placed.y(), width, placed.height(), "");
    }

    private void boxes(PlacedBand placed) {
        double number = placed.x() + Measures.BAND + Measures.NUMBER - 5;
        double bytes = placed.x() + Measures.BAND + Measures.NUMBER + page.boxes() + Measures.BYTES - 5;
        svg.text(
                "number end",
                number,
                placed.middle() + 3.5,
                String.valueOf(placed.band().number()));
        svg.text("number end", bytes, placed.middle() + 3.5, bytes(placed.band()));
        double left = placed.x() + Measures.BAND + Measures.NUMBER;
        double y = placed.y() + Measures.PADDING;
        for (Line line : placed.lines()) {
            line(placed, line, left, y);
            y += line.height() + Measures.PADDING;
        }
    }

    private void line(PlacedBand placed, Line line, double left, double top) {
        line.caption()
                .ifPresent(caption ->
                        svg.text("caption", left + page.boxes() / 2, top + Measures.CAPTION_HEIGHT - 3, caption));
        double y = top + line.height() - Measures.BOX_HEIGHT;
        line.remark().ifPresent(remark -> remark(remark, line.labels().getFirst(), left, y + 11));
        for (Line.Label label : line.labels()) {
            Box box = label.box();
            svg.rectangle(
                    box.caption().family().style(),
                    left + label.x(),
                    y,
                    label.width(),
                    Measures.BOX_HEIGHT,
                    tip(placed.band(), box));
            if (!label.text().isEmpty()) {
                svg.text("label", left + label.middle(), y + 11, label.text());
            }
        }
    }

    /// On the side of the box where there is more room.
    private void remark(String words, Line.Label label, double left, double y) {
        boolean right = page.boxes() - label.right() > label.x();
        svg.text(right ? "caption start" : "caption end", left + (right ? label.right() + 6 : label.x() - 6), y, words);
    }

    private static String bytes(Band band) {
        if (band.weightBytes() > 0) {
            return Amounts.bytes(band.weightBytes());
        }
        return band.kvBytes() > 0 ? Amounts.bytes(band.kvBytes()) + "/pos" : "";
    }

    private static String tip(Band band, Box box) {
        String layers = box.caption().layers().isEmpty()
                ? ""
                : (box.caption().layers().size() == 1 ? ", layer " : ", layers ")
                        + Ranges.of(box.caption().layers());
        return "launch %d: %s%s; %s%s"
                .formatted(
                        band.number(),
                        box.caption().detail(),
                        layers,
                        box.jobs() == 1 ? "1 job" : box.jobs() + " jobs",
                        box.weightBytes() > 0 ? ", " + Amounts.bytes(box.weightBytes()) + " of weights" : "");
    }

    private static String style() {
        String families = Stream.of(Family.values())
                .map(family -> ".%s{fill:%s;stroke:%s}".formatted(family.style(), family.fill(), family.line()))
                .collect(Collectors.joining("\n"));
        return """

            text{font:11px Helvetica,Arial,sans-serif;fill:#1f2933}
            .page{fill:#fff}
            .band{fill:#f1f3f5}
            .title{font-size:20px;font-weight:bold}
            .small,.note{fill:#52606d}
            .note{font-size:9.5px}
            .plan{font:12px Menlo,Consolas,monospace;white-space:pre}
            .head{font-weight:bold}
            .block{font-size:13px;font-weight:bold}
            .number{font-size:9.5px;fill:#52606d}
            .label,.caption{text-anchor:middle}
            .start{text-anchor:start}
            .end{text-anchor:end}
            .caption{font-size:9.5px;stroke:#f1f3f5;stroke-width:3px;paint-order:stroke}
            .rail,.lane,.tick{fill:none;stroke:#64748b;stroke-width:2}
            .lane{stroke:#94a3b8;stroke-width:1.2}
            .tick{stroke-width:1.2}
            .add{fill:#fff;stroke:#64748b;stroke-width:1.5}
            %s
            """.formatted(families);
    }
}
