package io.layerplan.bench.report;

import io.layerplan.bench.measure.BenchResult;
import io.layerplan.bench.measure.OpKind;
import io.layerplan.bench.measure.Phase;
import io.layerplan.bench.measure.PhaseResult;
import io.layerplan.bench.measure.PlanResult;
import io.layerplan.bench.measure.Spread;
import io.layerplan.bench.measure.Variant;
import io.layerplan.bench.measure.VariantResult;
import io.layerplan.compiler.cli.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Results as a page with plots, all in one file: pictures and styles are part of it, and it fetches nothing.
public final class HtmlReport {
    private static final double MEGA = 1e6;

    private final BenchResult result;
    private final String model;
    private final Phase.Decode decode;
    private final Phase.Prefill prefill;

    private HtmlReport(BenchResult result, String model) {
        this.result = result;
        this.model = model;
        this.decode = result.settings().decodes().getFirst();
        this.prefill = result.settings().prefill();
    }

    /// @param model what the model is called
    public static String page(BenchResult result, String model) {
        HtmlReport report = new HtmlReport(result, model);
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Layerplan benchmark: %s</title>
            <style>
            %s</style>
            </head>
            <body><main>
            %s</main></body>
            </html>
            """.formatted(Svg.escape(model), style(), report.body());
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String body() {
        return head() + tiles() + "<div class=\"grid\">\n" + rates(decode) + rates(prefill) + launches() + roofline()
                + contexts() + operations() + figures() + plans() + "</div>\n" + foot();
    }

    private String head() {
        return "<h1>Layerplan benchmark</h1>\n<p class=\"soft\">%s, numeric mode %s, %s on %s</p>\n"
                .formatted(
                        Svg.escape(model),
                        Svg.escape(result.plans().stream()
                                .map(plan -> plan.mode().name().toLowerCase(Locale.ROOT))
                                .distinct()
                                .collect(Collectors.joining(" and "))),
                        Svg.escape(result.kernels()),
                        Svg.escape(result.target().device().name()));
    }

    /// About the first plan.
    private String tiles() {
        PlanResult plan = result.plans().getFirst();
        VariantResult first = plan.first();
        PhaseResult decoded = first.phase(decode);
        List<String> tiles = new ArrayList<>();
        tiles.add(tile(Figures.number(decoded.rate().median()), "tokens/s decoded, " + name(plan, first)));
        tiles.add(tile(
                Figures.number(first.phase(prefill).rate().median()), "tokens/s of a prompt of " + prefill.tokens()));
        Spread fusion = plan.fusion().get(decode);
        if (fusion != null) {
            tiles.add(tile(Figures.ratio(fusion.median()) + " ×", "decoding, fused over unfused"));
        }
        result.memory()
                .ifPresent(memory -> tiles.add(tile(
                        Figures.percent(decoded.gigabytesPerSecond() / memory.gigabytesPerSecond()),
                        "of the %s GB/s that memory is read with"
                                .formatted(Figures.number(memory.gigabytesPerSecond())))));
        return "<div class=\"tiles\">\n" + String.join("", tiles) + "</div>\n";
    }

    private static String name(PlanResult plan, VariantResult variant) {
        return Figures.shortened(plan.name(), 24) + " " + variant.variant().word();
    }

    private static String tile(String figure, String words) {
        return "<div class=\"tile\"><b>%s</b><span>%s</span></div>\n".formatted(Svg.escape(figure), Svg.escape(words));
    }

    private static String card(String style, String title, String note, String content) {
        return "<section class=\"card %s\"><h2>%s</h2><p class=\"note\">%s</p>\n%s</section>\n"
                .formatted(style, Svg.escape(title), Svg.escape(note), content);
    }

    private String rates(Phase phase) {
        String title = phase instanceof Phase.Decode ? "Decode" : "Prefill";
        String bars = PairedBars.svg(
                result.plans(),
                title + ", tokens per second",
                variant -> variant.phase(phase).rate(),
                plan -> ratio(plan, phase));
        return card("", title, TextReport.title(phase) + "; medians, quartiles as lines", variants() + bars);
    }

    private String launches() {
        String bars = PairedBars.svg(
                result.plans(), "launches for a token", variant -> Spread.of(variant.launches()), HtmlReport::fewer);
        return card("", "Launches", "dispatches to the workers for a decoded token", variants() + bars);
    }

    private static String ratio(PlanResult plan, Phase phase) {
        Spread ratio = plan.fusion().get(phase);
        return ratio == null ? "" : Figures.ratio(ratio.median()) + " ×";
    }

    private static String fewer(PlanResult plan) {
        return plan.variants().size() < Variant.values().length
                ? ""
                : "1 : "
                        + Figures.number((double) plan.variants().getLast().launches()
                                / plan.first().launches());
    }

    private String variants() {
        return legend(result.plans().getFirst().variants().stream()
                .map(VariantResult::variant)
                .collect(Collectors.toMap(Variant::word, Variant::word, (a, b) -> a, LinkedHashMap::new)));
    }

    private static String legend(Map<String, String> words) {
        StringBuilder legend = new StringBuilder("<div class=\"legend\">");
        words.forEach((style, word) ->
                legend.append("<span><i class=\"%s\"></i>%s</span>".formatted(style, Svg.escape(word))));
        return legend.append("</div>\n").toString();
    }

    private String roofline() {
        return result.memory()
                .map(memory -> card(
                        "",
                        "Roofline",
                        "decoded tokens per second below what reading their bytes allows",
                        variants() + Roofline.svg(result, memory)))
                .orElse("");
    }

    private String contexts() {
        return result.settings().decodes().size() < 2
                ? ""
                : card(
                        "wide",
                        "Decode by context",
                        "tokens per second after ever longer contexts",
                        variants() + ContextLines.svg(result));
    }

    private String operations() {
        Map<String, String> kinds = new LinkedHashMap<>();
        for (OpKind kind : OpKind.values()) {
            if (OpBars.kinds(result, decode).contains(kind)) {
                kinds.put(OpBars.style(kind), kind.words());
            }
        }
        if (kinds.isEmpty()) {
            return "";
        }
        return card(
                "wide",
                "Time by what it is for",
                "a decoded token after %d, from a run in which every launch is timed; products with all that is fused"
                                .formatted(decode.context())
                        + " into them",
                legend(kinds) + OpBars.svg(result, decode));
    }

    private String figures() {
        HtmlTable table = new HtmlTable(List.of(
                "plan",
                "",
                "phase",
                "tokens/s",
                "quartiles",
                "fused/unfused",
                "MB/token",
                "GB/s",
                "of memory's",
                "GFLOP/s"));
        for (PlanResult plan : result.plans()) {
            for (VariantResult variant : plan.variants()) {
                for (PhaseResult phase : variant.phases()) {
                    table.row(row(plan, variant, phase));
                }
            }
        }
        return card(
                "wide",
                "All figures",
                "medians of %d rounds".formatted(result.settings().rounds()),
                table.element());
    }

    private List<String> row(PlanResult plan, VariantResult variant, PhaseResult measured) {
        Phase phase = measured.phase();
        boolean decoding = phase instanceof Phase.Decode;
        Spread ratio = variant.variant() == Variant.FUSED ? plan.fusion().get(phase) : null;
        Spread rate = measured.rate();
        return List.of(
                Figures.shortened(plan.name(), 36),
                variant.variant().word(),
                switch (phase) {
                    case Phase.Prefill(int tokens) -> "prefill " + tokens;
                    case Phase.Decode(int context, int _) -> "decode after " + context;
                },
                Figures.number(rate.median()),
                Figures.number(rate.lower()) + " to " + Figures.number(rate.upper()),
                ratio == null ? "" : Figures.ratio(ratio.median()),
                decoding ? Figures.number(measured.bytesPerToken() / MEGA) : "",
                decoding ? Figures.number(measured.gigabytesPerSecond()) : "",
                result.memory()
                        .filter(memory -> decoding)
                        .map(memory -> Figures.percent(measured.gigabytesPerSecond() / memory.gigabytesPerSecond()))
                        .orElse(""),
                Figures.number(measured.gigaflops()));
    }

    private String plans() {
        String items = result.plans().stream()
                .map(plan -> "<li>%s<br><code>%s</code></li>\n"
                        .formatted(
                                Svg.escape(
                                        plan.baseline()
                                                ? plan.name() + " (what the others are compared with)"
                                                : plan.name()),
                                Svg.escape(Figures.shortened(plan.text().strip(), 600))))
                .collect(Collectors.joining());
        return card("wide", "Plans", "by their numbers in the plots", "<ol>\n" + items + "</ol>\n");
    }

    private String foot() {
        return "<footer>%s. Rounds are interleaved, %d of each, after %s s of warm-up%s. Layerplan %s.</footer>\n"
                .formatted(
                        Svg.escape(TextReport.machine(result.machine())),
                        result.settings().rounds(),
                        Figures.number(result.warmUp().seconds()),
                        result.warmUp().steady() ? "" : " that ended before rounds were steady",
                        Svg.escape(Version.number()));
    }
}
