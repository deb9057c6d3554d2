package io.layerplan.bench.report;

import io.layerplan.bench.measure.PlanResult;
import io.layerplan.bench.measure.Spread;
import io.layerplan.bench.measure.VariantResult;
import java.util.List;
import java.util.function.Function;

/// For every plan two bars, fused and unfused, and at the right how they compare. A thin line shows where the quartiles
/// are.
final class PairedBars {
    private static final double WIDTH = 516;
    private static final double RATIO = 64;
    private static final double VALUE = 52;
    private static final double TOP = 4;
    private static final double BAR = 13;
    private static final double GAP = 2;
    private static final double LABEL = 18;
    private static final double BELOW = 14;
    private static final double AXIS = 18;
    private static final int NAME = 60;

    private final List<PlanResult> plans;
    private final Function<VariantResult, Spread> figure;
    private final Function<PlanResult, String> comparison;

    private PairedBars(
            List<PlanResult> plans, Function<VariantResult, Spread> figure, Function<PlanResult, String> comparison) {
        this.plans = plans;
        this.figure = figure;
        this.comparison = comparison;
    }

    /// @param figure     what the bars show
    /// @param comparison what stands at the right of a plan's bars, if anything
    static String svg(
            List<PlanResult> plans,
            String title,
            Function<VariantResult, Spread> figure,
            Function<PlanResult, String> comparison) {
        return new PairedBars(plans, figure, comparison).draw(title);
    }

    private double rowHeight(PlanResult plan) {
        return LABEL + plan.variants().size() * (BAR + GAP) + BELOW;
    }

    private String draw(String title) {
        double rows = plans.stream().mapToDouble(this::rowHeight).sum();
        double most = plans.stream()
                .flatMap(plan -> plan.variants().stream())
                .mapToDouble(variant -> figure.apply(variant).upper())
                .max()
                .orElse(1);
        Scale x = Scale.fromZero(most, 0, WIDTH - RATIO - VALUE);
        Svg svg = new Svg(WIDTH, TOP + rows + AXIS, title);
        for (double tick : x.ticks(5)) {
            svg.line("grid-line", x.pixel(tick), TOP, x.pixel(tick), TOP + rows - BELOW / 2);
            svg.text("tick" + (tick == 0 ? "" : " middle"), x.pixel(tick), TOP + rows + 8, Figures.plain(tick));
        }
        double y = TOP;
        for (int i = 0; i < plans.size(); i++) {
            row(svg, x, y, i + 1, plans.get(i));
            y += rowHeight(plans.get(i));
        }
        return svg.element();
    }

    private void row(Svg svg, Scale x, double top, int number, PlanResult plan) {
        svg.text("label", 0, top + LABEL - 6, number + "  " + Figures.shortened(plan.name(), NAME));
        double y = top + LABEL;
        for (VariantResult variant : plan.variants()) {
            Spread spread = figure.apply(variant);
            String word = variant.variant().word();
            String tip = "%s, %s: %s (%s to %s)"
                    .formatted(
                            plan.name(),
                            word,
                            Figures.plain(spread.median()),
                            Figures.plain(spread.lower()),
                            Figures.plain(spread.upper()));
            svg.bar(word, 0, y, x.pixel(spread.median()), BAR, tip);
            svg.line("whisker", x.pixel(spread.lower()), y + BAR / 2, x.pixel(spread.upper()), y + BAR / 2);
            svg.text(
                    "",
                    x.pixel(Math.max(spread.median(), spread.upper())) + 6,
                    y + BAR - 2.5,
                    Figures.plain(spread.median()));
            y += BAR + GAP;
        }
        double middle = top + LABEL + (y - GAP - top - LABEL) / 2;
        svg.text("strong end", WIDTH, middle + 4, comparison.apply(plan));
    }
}
