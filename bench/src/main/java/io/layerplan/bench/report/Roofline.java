package io.layerplan.bench.report;

import io.layerplan.bench.measure.BenchResult;
import io.layerplan.bench.measure.Phase;
import io.layerplan.bench.measure.PhaseResult;
import io.layerplan.bench.measure.PlanResult;
import io.layerplan.bench.measure.ReadBandwidth;
import io.layerplan.bench.measure.Variant;
import io.layerplan.bench.measure.VariantResult;
import java.util.List;

/// Tokens per second over bytes per token, both in equal ratios: what reads `b` bytes a token cannot be faster than the
/// bandwidth over `b`, which is a falling line. The plans are points below it, by their numbers.
final class Roofline {
    private static final double WIDTH = 516;
    private static final double HEIGHT = 318;
    private static final double LEFT = 48;
    private static final double RIGHT = 8;
    private static final double TOP = 10;
    private static final double BOTTOM = 40;
    private static final double MARGIN = 1.5;
    private static final double LEAST_RANGE = 2.5;
    private static final double MEGA = 1e6;
    private static final double GIGA = 1e9;
    private static final double RADIUS = 6;
    private static final double START = 0.12;
    private static final double MIDDLE = 0.5;

    private final BenchResult result;
    private final ReadBandwidth memory;
    private final Phase decode;
    private final Scale x;
    private final Scale y;
    private final Svg svg = new Svg(WIDTH, HEIGHT, "roofline: tokens per second over megabytes per token");

    private Roofline(BenchResult result, ReadBandwidth memory) {
        this.result = result;
        this.memory = memory;
        this.decode = result.settings().decodes().getFirst();
        double least =
                points().stream().mapToDouble(PhaseResult::bytesPerToken).min().orElse(1) / MEGA;
        double most =
                points().stream().mapToDouble(PhaseResult::bytesPerToken).max().orElse(1) / MEGA;
        double middle = Math.sqrt(least * most);
        double from = Math.min(least / MARGIN, middle / LEAST_RANGE);
        double to = Math.max(most * MARGIN, middle * LEAST_RANGE);
        double slowest = points().stream()
                .mapToDouble(point -> point.rate().median())
                .min()
                .orElse(1);
        double fastest = points().stream()
                .mapToDouble(point -> point.rate().median())
                .max()
                .orElse(1);
        double roof = highestRoof() * GIGA / (middle * MEGA);
        this.x = Scale.ofRatios(from, to, LEFT, WIDTH - RIGHT);
        this.y = Scale.ofRatios(slowest / MARGIN, Math.max(roof, fastest) * MARGIN, HEIGHT - BOTTOM, TOP);
    }

    /// @param memory what its weights are read from
    static String svg(BenchResult result, ReadBandwidth memory) {
        Roofline roofline = new Roofline(result, memory);
        roofline.axes();
        roofline.roof("roof", memory, "memory, ", MIDDLE);
        result.plans().stream()
                .flatMap(plan -> plan.reading().stream())
                .filter(reading -> reading.bytes() < memory.bytes())
                .findFirst()
                .ifPresent(reading -> roofline.roof("cache", reading, "weights in caches, ", START));
        roofline.plans();
        return roofline.svg.element();
    }

    private List<PhaseResult> points() {
        return result.plans().stream()
                .flatMap(plan -> plan.variants().stream())
                .map(variant -> variant.phase(decode))
                .toList();
    }

    private double highestRoof() {
        return Math.max(
                memory.gigabytesPerSecond(),
                result.plans().stream()
                        .flatMap(plan -> plan.reading().stream())
                        .mapToDouble(ReadBandwidth::gigabytesPerSecond)
                        .max()
                        .orElse(0));
    }

    private void axes() {
        for (double tick : x.ticks(0)) {
            svg.line("grid-line", x.pixel(tick), TOP, x.pixel(tick), HEIGHT - BOTTOM);
            svg.text("tick middle", x.pixel(tick), HEIGHT - BOTTOM + 15, Figures.plain(tick));
        }
        for (double tick : y.ticks(0)) {
            svg.line("grid-line", LEFT, y.pixel(tick), WIDTH - RIGHT, y.pixel(tick));
            svg.text("tick end", LEFT - 7, y.pixel(tick) + 4, Figures.plain(tick));
        }
        svg.text("label middle", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "MB read for a token");
    }

    /// The part of the line that is inside the picture.
    ///
    /// @param place of the name along that part, from 0 to 1
    private void roof(String style, ReadBandwidth bandwidth, String name, double place) {
        double constant = bandwidth.gigabytesPerSecond() * GIGA / MEGA;
        double from = Math.max(x.from(), constant / y.to());
        double to = Math.min(x.to(), constant / y.from());
        if (from >= to) {
            return;
        }
        svg.line(style, x.pixel(from), y.pixel(constant / from), x.pixel(to), y.pixel(constant / to));
        double at = Math.pow(from, 1 - place) * Math.pow(to, place);
        svg.text(
                style.equals("roof") ? "strong" : "label",
                x.pixel(at) + 8,
                y.pixel(constant / at) - 6,
                name + Figures.number(bandwidth.gigabytesPerSecond()) + " GB/s");
    }

    private void plans() {
        for (Variant variant : List.of(Variant.UNFUSED, Variant.FUSED)) {
            for (int i = 0; i < result.plans().size(); i++) {
                PlanResult plan = result.plans().get(i);
                int number = i + 1;
                plan.variant(variant).ifPresent(measured -> point(number, plan, measured));
            }
        }
    }

    private void point(int number, PlanResult plan, VariantResult variant) {
        PhaseResult point = variant.phase(decode);
        double px = x.pixel(point.bytesPerToken() / MEGA);
        double py = y.pixel(point.rate().median());
        String tip = "%s, %s: %s tokens/s, %s MB each, %s GB/s"
                .formatted(
                        plan.name(),
                        variant.variant().word(),
                        Figures.number(point.rate().median()),
                        Figures.number(point.bytesPerToken() / MEGA),
                        Figures.number(point.gigabytesPerSecond()));
        svg.circle(variant.variant().word(), px, py, RADIUS, tip);
        if (variant.variant() == plan.first().variant()) {
            boolean left = number % 2 == 0;
            svg.text(
                    left ? "strong end" : "strong",
                    left ? px - RADIUS - 4 : px + RADIUS + 4,
                    py + 4,
                    Integer.toString(number));
        }
    }
}
