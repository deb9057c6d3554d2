package io.layerplan.bench.report;

import io.layerplan.bench.measure.BenchResult;
import io.layerplan.bench.measure.Phase;
import io.layerplan.bench.measure.PhaseResult;
import io.layerplan.bench.measure.PlanResult;
import io.layerplan.bench.measure.ReadBandwidth;
import io.layerplan.bench.measure.Spread;
import io.layerplan.bench.measure.Variant;
import io.layerplan.bench.measure.VariantResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Results as comma-separated values (RFC 4180, but for line ends of one character): a line for each variant of each
/// plan in each phase. Rates are tokens per second; the ratio is fused over unfused, in the lines of the fused variant.
public final class CsvReport {
    private static final List<String> COLUMNS = List.of(
            "plan",
            "variant",
            "numeric",
            "kv",
            "backend",
            "threads",
            "phase",
            "context",
            "tokens",
            "rounds",
            "median",
            "lower_quartile",
            "upper_quartile",
            "least",
            "most",
            "ratio",
            "launches",
            "bytes_per_token",
            "gigabytes_per_second",
            "memory_gigabytes_per_second",
            "gigaflops");

    private CsvReport() {}

    public static String text(BenchResult result) {
        StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        for (PlanResult plan : result.plans()) {
            for (VariantResult variant : plan.variants()) {
                for (PhaseResult phase : variant.phases()) {
                    text.append(line(result, plan, variant, phase)).append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String line(BenchResult result, PlanResult plan, VariantResult variant, PhaseResult measured) {
        Phase phase = measured.phase();
        Spread rate = measured.rate();
        Optional<Spread> ratio = variant.variant() == Variant.FUSED
                ? Optional.ofNullable(plan.fusion().get(phase))
                : Optional.empty();
        List<Object> cells = List.of(
                plan.name(),
                variant.variant().word(),
                plan.mode().name().toLowerCase(Locale.ROOT),
                result.settings().kv().name().toLowerCase(Locale.ROOT),
                result.target().backend(),
                result.settings().threads() == 0 ? "" : result.settings().threads(),
                phase instanceof Phase.Decode ? "decode" : "prefill",
                context(phase),
                tokens(phase),
                rate.rounds(),
                rate.median(),
                rate.lower(),
                rate.upper(),
                rate.least(),
                rate.most(),
                ratio.map(Spread::median).map(String::valueOf).orElse(""),
                variant.launches(),
                measured.bytesPerToken(),
                phase instanceof Phase.Decode ? measured.gigabytesPerSecond() : "",
                result.memory()
                        .map(ReadBandwidth::gigabytesPerSecond)
                        .map(String::valueOf)
                        .orElse(""),
                measured.gigaflops());
        return cells.stream().map(CsvReport::cell).collect(Collectors.joining(","));
    }

    private static int context(Phase phase) {
        return switch (phase) {
            case Phase.Prefill _ -> 0;
            case Phase.Decode decode -> decode.context();
        };
    }

    private static int tokens(Phase phase) {
        return switch (phase) {
            case Phase.Prefill prefill -> prefill.tokens();
            case Phase.Decode decode -> decode.tokens();
        };
    }

    private static String cell(Object value) {
        String text = String.valueOf(value);
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
