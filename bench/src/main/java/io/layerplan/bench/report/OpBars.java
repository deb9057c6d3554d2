package io.layerplan.bench.report;

import io.layerplan.bench.measure.BenchResult;
import io.layerplan.bench.measure.OpKind;
import io.layerplan.bench.measure.OpTimes;
import io.layerplan.bench.measure.Phase;
import io.layerplan.bench.measure.PlanResult;
import io.layerplan.bench.measure.VariantResult;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where the time of a decoded token goes: a bar for every variant of every plan, in parts by what they are for.
final class OpBars {
    private static final double WIDTH = 1056;
    private static final double VARIANT = 62;
    private static final double TOTAL = 70;
    private static final double BAR = 16;
    private static final double GAP = 4;
    private static final double LABEL = 20;
    private static final double BELOW = 8;
    private static final double BETWEEN = 1.5;
    private static final int NAME = 110;

    private OpBars() {}

    static String svg(BenchResult result, Phase phase) {
        double height = result.plans().stream()
                .mapToDouble(plan -> LABEL + plan.variants().size() * (BAR + GAP) + BELOW)
                .sum();
        double most = result.plans().stream()
                .flatMap(plan -> plan.variants().stream())
                .flatMap(variant -> variant.opTimes(phase).stream())
                .mapToDouble(OpTimes::total)
                .max()
                .orElse(1);
        Scale x = Scale.fromZero(most, VARIANT, WIDTH - TOTAL);
        Svg svg = new Svg(WIDTH, height, "time of a decoded token by kinds of operations");
        double y = 0;
        for (int i = 0; i < result.plans().size(); i++) {
            PlanResult plan = result.plans().get(i);
            svg.text("", 0, y + LABEL - 6, (i + 1) + "  " + Figures.shortened(plan.name(), NAME));
            y += LABEL;
            for (VariantResult variant : plan.variants()) {
                svg.text("label", 0, y + BAR - 4, variant.variant().word());
                double top = y;
                variant.opTimes(phase).ifPresent(times -> bar(svg, x, top, times));
                y += BAR + GAP;
            }
            y += BELOW;
        }
        return svg.element();
    }

    private static void bar(Svg svg, Scale x, double y, OpTimes times) {
        double done = 0;
        for (OpKind kind : OpKind.values()) {
            double time = Optional.ofNullable(times.micros().get(kind)).orElse(0.0);
            double from = x.pixel(done);
            double to = x.pixel(done + time);
            if (time > 0) {
                String tip = "%s: %s µs, %s"
                        .formatted(kind.words(), Figures.number(time), Figures.percent(time / times.total()));
                svg.bar(style(kind), from, y, Math.max(to - from - BETWEEN, 0.5), BAR, tip);
            }
            done += time;
        }
        svg.text("", x.pixel(done) + 6, y + BAR - 4, micros(done));
    }

    /// `940 µs`, `1.34 ms`.
    static String micros(double time) {
        return time < 1000 ? Figures.number(time) + " µs" : Figures.number(time / 1000) + " ms";
    }

    /// The class of the page's style sheet.
    static String style(OpKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /// The kinds that there is time of.
    static List<OpKind> kinds(BenchResult result, Phase phase) {
        return Arrays.stream(OpKind.values())
                .filter(kind -> result.plans().stream()
                        .flatMap(plan -> plan.variants().stream())
                        .flatMap(variant -> variant.opTimes(phase).stream())
                        .anyMatch(times -> times.micros().containsKey(kind)))
                .toList();
    }
}
