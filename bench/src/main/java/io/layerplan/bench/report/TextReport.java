package io.layerplan.bench.report;

import io.layerplan.bench.measure.BenchResult;
import io.layerplan.bench.measure.Machine;
import io.layerplan.bench.measure.OpKind;
import io.layerplan.bench.measure.OpTimes;
import io.layerplan.bench.measure.Phase;
import io.layerplan.bench.measure.PhaseResult;
import io.layerplan.bench.measure.PlanResult;
import io.layerplan.bench.measure.ReadBandwidth;
import io.layerplan.bench.measure.Spread;
import io.layerplan.bench.measure.Variant;
import io.layerplan.bench.measure.VariantResult;
import io.layerplan.compiler.cli.Sizes;
import io.layerplan.compiler.cli.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Results as tables on a terminal.
public final class TextReport {
    private static final int LABEL = 40;
    private static final String NONE = "-";

    private final BenchResult result;
    private final StringBuilder text = new StringBuilder();

    private TextReport(BenchResult result) {
        this.result = result;
    }

    /// @param model what the model is called
    public static String text(BenchResult result, String model) {
        TextReport report = new TextReport(result);
        report.head(model);
        result.settings().decodes().forEach(report::phase);
        report.phase(result.settings().prefill());
        report.opTimes();
        return report.text.toString();
    }

    private void head(String model) {
        Table head = new Table("ll");
        head.row("model", model)
                .row("machine", machine(result.machine()))
                .row(
                        "executor",
                        "%s, %s, numeric mode %s, keys and values %s"
                                .formatted(
                                        result.target().backend(),
                                        result.kernels(),
                                        modes(),
                                        result.settings().kv().name().toLowerCase(Locale.ROOT)))
                .row("rounds", rounds());
        result.memory().ifPresent(memory -> head.row("memory", bandwidth(memory)));
        text.append(head.text());
    }

    static String machine(Machine machine) {
        return "%s, %d processors%s, load %s; %s; Java %s"
                .formatted(
                        machine.cpu(),
                        machine.processors(),
                        machine.memory() == 0 ? "" : ", " + Sizes.bytes(machine.memory()),
                        machine.load() < 0 ? "unknown" : Figures.ratio(machine.load()),
                        machine.system(),
                        machine.java());
    }

    private String modes() {
        return result.plans().stream()
                .map(plan -> plan.mode().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(" and "));
    }

    private String rounds() {
        return "%d, interleaved, after %.1f s of warm-up%s; medians, and quartiles in parentheses"
                .formatted(
                        result.settings().rounds(),
                        result.warmUp().seconds(),
                        result.warmUp().steady() ? "" : " that ended before rounds were steady");
    }

    private String bandwidth(ReadBandwidth memory) {
        String own = result.plans().stream()
                .flatMap(plan -> plan.reading().stream())
                .filter(reading -> reading.bytes() < memory.bytes())
                .findFirst()
                .map(reading -> "; %s GB/s where %s are read again and again"
                        .formatted(Figures.number(reading.gigabytesPerSecond()), Sizes.bytes(reading.bytes())))
                .orElse("");
        return "%s GB/s read by %s%s"
                .formatted(
                        Figures.number(memory.gigabytesPerSecond()),
                        result.target().isProcessor()
                                ? Figures.threads(result.settings().threads())
                                : "the device",
                        own);
    }

    private record Column(String letter, String title, Function<PlanResult, String> cell) {}

    private void phase(Phase phase) {
        boolean decode = phase instanceof Phase.Decode;
        text.append('\n').append(title(phase)).append('\n');
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("l", "plan", plan -> Figures.shortened(plan.name(), LABEL)));
        for (Variant variant : Variant.values()) {
            if (result.plans().getFirst().variant(variant).isPresent()) {
                columns.add(new Column("r", variant.word(), plan -> rate(plan, variant, phase)));
            }
        }
        if (!result.plans().getFirst().fusion().isEmpty()) {
            columns.add(
                    new Column("r", "fused/unfused", plan -> ratio(plan.fusion().get(phase))));
        }
        if (result.plans().stream().anyMatch(PlanResult::baseline)) {
            columns.add(new Column(
                    "r", "against " + baseline(), plan -> ratio(plan.against().get(phase))));
        }
        columns.addAll(decode ? decodeColumns(phase) : prefillColumns(phase));
        Table table = new Table(columns.stream().map(Column::letter).collect(Collectors.joining()));
        table.row(columns.stream().map(Column::title).toArray(String[]::new));
        for (PlanResult plan : result.plans()) {
            table.row(columns.stream().map(column -> column.cell().apply(plan)).toArray(String[]::new));
        }
        text.append(table.text());
    }

    static String title(Phase phase) {
        return switch (phase) {
            case Phase.Prefill(int tokens) -> "prefill of %d tokens, tokens/s".formatted(tokens);
            case Phase.Decode(int context, int tokens) ->
                "decode of %d tokens after %d, tokens/s".formatted(tokens, context);
        };
    }

    private List<Column> decodeColumns(Phase phase) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("r", "launches", plan -> variants(plan, each -> Integer.toString(each.launches()))),
                new Column(
                        "r",
                        "MB/token",
                        plan -> Figures.number(first(plan, phase).bytesPerToken() / 1e6)),
                new Column(
                        "r", "GB/s", plan -> Figures.number(first(plan, phase).gigabytesPerSecond()))));
        result.memory()
                .ifPresent(memory -> columns.add(new Column(
                        "r",
                        "of memory's",
                        plan -> Figures.percent(
                                first(plan, phase).gigabytesPerSecond() / memory.gigabytesPerSecond()))));
        return columns;
    }

    private static List<Column> prefillColumns(Phase phase) {
        return List.of(new Column(
                "r", "GFLOP/s", plan -> Figures.number(first(plan, phase).gigaflops())));
    }

    private static PhaseResult first(PlanResult plan, Phase phase) {
        return plan.first().phase(phase);
    }

    private static String variants(PlanResult plan, Function<VariantResult, String> figure) {
        return plan.variants().stream().map(figure).collect(Collectors.joining(" / "));
    }

    private static String rate(PlanResult plan, Variant variant, Phase phase) {
        return plan.variant(variant)
                .map(each -> Figures.rate(each.phase(phase).rate()))
                .orElse(NONE);
    }

    private static String ratio(@Nullable Spread spread) {
        return spread == null ? NONE : Figures.ratio(spread);
    }

    private String baseline() {
        return result.plans().stream()
                .filter(PlanResult::baseline)
                .map(plan -> Figures.shortened(plan.name(), LABEL / 2))
                .findFirst()
                .orElse("");
    }

    /// For each kind of operation, how many microseconds of a decoded token it takes, where executors say so.
    private void opTimes() {
        Phase decode = result.settings().decodes().getFirst();
        List<OpKind> kinds = OpBars.kinds(result, decode);
        if (kinds.isEmpty()) {
            return;
        }
        text.append('\n').append("time of a decoded token by what it is for, µs (each launch timed)\n");
        Table table = new Table("ll" + "r".repeat(kinds.size() + 1));
        List<String> header = new ArrayList<>(List.of("plan", ""));
        kinds.forEach(kind -> header.add(kind.words()));
        header.add("all");
        table.row(header.toArray(String[]::new));
        for (PlanResult plan : result.plans()) {
            for (VariantResult variant : plan.variants()) {
                variant.opTimes(decode).ifPresent(times -> table.row(opRow(plan, variant, times, kinds)));
            }
        }
        text.append(table.text());
    }

    private static String[] opRow(PlanResult plan, VariantResult variant, OpTimes times, List<OpKind> kinds) {
        boolean first = variant.variant() == plan.first().variant();
        List<String> cells = new ArrayList<>(List.of(
                first ? Figures.shortened(plan.name(), LABEL) : "",
                variant.variant().word()));
        for (OpKind kind : kinds) {
            cells.add(Optional.ofNullable(times.micros().get(kind))
                    .map(Figures::number)
                    .orElse(NONE));
        }
        cells.add(Figures.number(times.total()));
        return cells.toArray(String[]::new);
    }
}
