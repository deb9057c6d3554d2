package io.layerplan.bench.report;

import io.layerplan.bench.measure.BenchResult;
import io.layerplan.bench.measure.Phase;
import io.layerplan.bench.measure.PlanResult;
import io.layerplan.bench.measure.VariantResult;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How decoding slows down as the context grows: a line for every variant of every plan, named by the plan's number at
/// its end.
final class ContextLines {
    private static final double WIDTH = 1056;
    private static final double HEIGHT = 260;
    private static final double LEFT = 48;
    private static final double RIGHT = 28;
    private static final double TOP = 10;
    private static final double BOTTOM = 40;
    private static final double RADIUS = 4.5;
    private static final double LINE = 13;
    private static final double MARGIN = 1.08;

    private final List<Phase.Decode> decodes;
    private final Scale x;
    private final Scale y;
    private final Svg svg = new Svg(WIDTH, HEIGHT, "decoded tokens per second by length of the context");

    private ContextLines(BenchResult result) {
        this.decodes = result.settings().decodes().stream()
                .sorted(Comparator.comparingInt(Phase.Decode::context))
                .toList();
        this.x = Scale.ofRatios(decodes.getFirst().context(), decodes.getLast().context(), LEFT, WIDTH - RIGHT);
        double fastest = result.plans().stream()
                .flatMap(plan -> plan.variants().stream())
                .flatMapToDouble(variant -> decodes.stream().mapToDouble(phase -> rate(variant, phase)))
                .max()
                .orElse(1);
        this.y = Scale.fromZero(fastest * MARGIN, HEIGHT - BOTTOM, TOP);
    }

    /// @param result with two contexts or more
    static String svg(BenchResult result) {
        ContextLines lines = new ContextLines(result);
        lines.axes();
        result.plans().forEach(lines::plan);
        lines.numbers(result.plans());
        return lines.svg.element();
    }

    private static double rate(VariantResult variant, Phase.Decode phase) {
        return variant.phase(phase).rate().median();
    }

    private void axes() {
        for (double tick : y.ticks(5)) {
            svg.line("grid-line", LEFT, y.pixel(tick), WIDTH - RIGHT, y.pixel(tick));
            svg.text("tick end", LEFT - 7, y.pixel(tick) + 4, Figures.plain(tick));
        }
        for (Phase.Decode phase : decodes) {
            double at = x.pixel(phase.context());
            svg.text("tick middle", at, HEIGHT - BOTTOM + 16, Integer.toString(phase.context()));
        }
        svg.text("label middle", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "tokens of context");
    }

    private void plan(PlanResult plan) {
        for (VariantResult variant : plan.variants().reversed()) {
            String word = variant.variant().word();
            for (int i = 1; i < decodes.size(); i++) {
                svg.line("line-" + word, px(i - 1), py(variant, i - 1), px(i), py(variant, i));
            }
            for (int i = 0; i < decodes.size(); i++) {
                String tip = "%s, %s, after %d: %s tokens/s"
                        .formatted(
                                plan.name(),
                                word,
                                decodes.get(i).context(),
                                Figures.number(rate(variant, decodes.get(i))));
                svg.circle(word, px(i), py(variant, i), RADIUS, tip);
            }
        }
    }

    /// At the ends of the lines, one below another where lines end close together.
    private void numbers(List<PlanResult> plans) {
        int last = decodes.size() - 1;
        List<Integer> downwards = IntStream.range(0, plans.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> py(plans.get(i).first(), last)))
                .toList();
        double free = 0;
        for (int i : downwards) {
            double at = Math.max(free, py(plans.get(i).first(), last));
            svg.text("strong", px(last) + RADIUS + 5, at + 4, Integer.toString(i + 1));
            free = at + LINE;
        }
    }

    private double px(int index) {
        return x.pixel(decodes.get(index).context());
    }

    private double py(VariantResult variant, int index) {
        return y.pixel(rate(variant, decodes.get(index)));
    }
}
