package io.layerplan.compiler.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The upper part of a drawing: names, the plan, the figures, and what the colours mean.
final class HeaderDrawing {
    /// A page is at least so wide.
    static final double NARROWEST = 840;

    private static final String STREAM = "residual stream";
    private static final String LAUNCH = "a launch, with the bytes it reads";
    private static final int MOST_LINES = 14;
    private static final double TABLE = 300;
    private static final double PLAN_SIZE = 12;
    private static final double PLAN_LINE = 16;
    private static final double TABLE_LINE = 15;
    private static final double TITLE = 34;
    private static final double PLAN = 78;
    private static final double LEGEND = 26;

    /// How much space there is below the legend.
    private static final double BELOW = 26;

    private final Heading heading;
    private final LaunchSummary summary;

    HeaderDrawing(Heading heading, LaunchSummary summary) {
        this.heading = heading;
        this.summary = summary;
    }

    /// How much space it takes on a page of this width.
    double height(double width) {
        return legendLine(width) + BELOW;
    }

    /// Where the legend stands: beside the table if it has the room, else below it.
    private double legendLine(double width) {
        double plan = PLAN + (planLines(width).size() - 1) * PLAN_LINE;
        double table = TITLE + summary.rows().size() * TABLE_LINE;
        boolean beside = legendWidth() < width - 3 * Measures.MARGIN - TABLE;
        return Math.max(plan + LEGEND, beside ? table : table + LEGEND);
    }

    private static double legendWidth() {
        return Stream.concat(Stream.of(Family.values()).map(Family::label), Stream.of(STREAM, LAUNCH))
                .mapToDouble(HeaderDrawing::entryWidth)
                .sum();
    }

    private static double entryWidth(String label) {
        return 19 + Measures.width(label, Measures.NORMAL) + 12;
    }

    void draw(SvgWriter svg, double width) {
        svg.text("title", Measures.MARGIN, TITLE, heading.plan() + " on " + heading.model());
        svg.text("small", Measures.MARGIN, TITLE + 20, launches());
        double y = PLAN;
        for (String line : planLines(width)) {
            svg.text("plan", Measures.MARGIN, y, line);
            y += PLAN_LINE;
        }
        table(svg, width);
        legend(svg, legendLine(width));
    }

    private String launches() {
        String fused = Amounts.count(summary.fused().launches());
        String unfused = Amounts.count(summary.unfused().launches());
        return heading.fused()
                ? "%s launches for a token; operation by operation they would be %s".formatted(fused, unfused)
                : "%s launches for a token, operation by operation; fused they are %s".formatted(unfused, fused);
    }

    private void table(SvgWriter svg, double width) {
        double fused = width - Measures.MARGIN - 84;
        double unfused = width - Measures.MARGIN;
        double label = width - Measures.MARGIN - TABLE;
        double y = TITLE;
        svg.text("head", label, y, "per token");
        svg.text("head end", fused, y, "fused");
        svg.text("head end", unfused, y, "unfused");
        for (LaunchSummary.Row row : summary.rows()) {
            y += TABLE_LINE;
            svg.text("cell", label, y, row.label());
            svg.text("cell end", fused, y, row.fused());
            svg.text("cell end", unfused, y, row.unfused());
        }
    }

    private static void legend(SvgWriter svg, double y) {
        double x = Measures.MARGIN;
        for (Family family : Family.values()) {
            svg.rectangle(family.style(), x, y - 10, 14, 12, "");
            svg.text("small", x + 19, y, family.label());
            x += entryWidth(family.label());
        }
        svg.path("rail", "M" + SvgWriter.number(x) + " " + SvgWriter.number(y - 4) + "h14");
        svg.circle("add", x + 7, y - 4, 4.5);
        svg.text("small", x + 19, y, STREAM);
        x += entryWidth(STREAM);
        svg.rectangle("band", x, y - 10, 14, 12, "");
        svg.text("small", x + 19, y, LAUNCH);
    }

    private List<String> planLines(double width) {
        int most = (int) ((width - 3 * Measures.MARGIN - TABLE) / Measures.width("m", PLAN_SIZE) / 1.08);
        List<String> lines = new ArrayList<>();
        heading.text().strip().lines().forEach(line -> wrap(line.stripTrailing().replace("\t", "    "), most, lines));
        if (lines.size() > MOST_LINES) {
            int left = lines.size() - MOST_LINES + 1;
            lines.subList(MOST_LINES - 1, lines.size()).clear();
            lines.add("… " + left + " more lines");
        }
        return lines;
    }

    /// Breaks at blanks, where there are some.
    private static void wrap(String line, int most, List<String> lines) {
        String rest = line;
        while (rest.length() > most) {
            int blank = rest.lastIndexOf(' ', most);
            int end = blank > most / 2 ? blank : most;
            lines.add(rest.substring(0, end).stripTrailing());
            rest = "    " + rest.substring(end).stripLeading();
        }
        lines.add(rest);
    }
}
