package io.layerplan.bench.measure;

import io.layerplan.runtime.cpu.CpuExecutor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Measures plans side by side: after a common warm-up, every round times each variant of each plan once, forwards and
/// backwards in turn, so that what disturbs the machine disturbs all alike.
public final class Benchmark {
    private static final int MOST_PROFILE_ROUNDS = 5;

    private final List<BenchedPlan> plans;
    private final Settings settings;
    private final ProgressListener progress;
    private final List<Map<Variant, Contender>> contenders;

    private Benchmark(List<BenchedPlan> plans, Settings settings, ProgressListener progress) {
        this.plans = plans;
        this.settings = settings;
        this.progress = progress;
        this.contenders = plans.stream().map(Benchmark::contenders).toList();
    }

    private static Map<Variant, Contender> contenders(BenchedPlan plan) {
        Map<Variant, Contender> contenders = new EnumMap<>(Variant.class);
        plan.executors().forEach((variant, executor) -> contenders.put(variant, new Contender(executor)));
        return contenders;
    }

    /// @param plans at least one; at most one of them is the baseline
    public static BenchResult run(
            Machine machine, Target target, List<BenchedPlan> plans, Settings settings, ProgressListener progress) {
        return new Benchmark(plans, settings, progress).run(machine, target);
    }

    private BenchResult run(Machine machine, Target target) {
        List<Contender> all =
                contenders.stream().flatMap(plan -> plan.values().stream()).toList();
        WarmUp warmUp = WarmUp.run(all, settings, progress);
        // After the warm-up, whose compilers would take a processor from the read.
        progress.at("reading memory", 0, 0);
        WeightMemory read = new WeightMemory(target, settings.threads());
        Optional<ReadBandwidth> memory = read.beyondCaches();
        Map<Long, ReadBandwidth> readings =
                memory.map(whole -> readings(whole, read)).orElse(Map.of());
        for (Phase phase : settings.phases()) {
            time(all, phase);
        }
        List<PlanResult> results = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            int plan = i;
            results.add(result(plan, memory.map(whole -> reading(plan, whole, readings))));
        }
        String kernels = all.getFirst().executor().figures().kernels();
        return new BenchResult(machine, target, settings, kernels, warmUp, memory, results);
    }

    /// By bytes, so that equal sizes are read once.
    private Map<Long, ReadBandwidth> readings(ReadBandwidth memory, WeightMemory read) {
        Map<Long, ReadBandwidth> known = new LinkedHashMap<>();
        known.put(memory.bytes(), memory);
        for (int plan = 0; plan < plans.size(); plan++) {
            known.computeIfAbsent(bytesRead(plan, memory), size -> read.of(size).orElseThrow());
        }
        return known;
    }

    /// As many as the plan has weights, or as memory was read with.
    private long bytesRead(int plan, ReadBandwidth memory) {
        return Math.min(first(contenders.get(plan)).weightBytes(), memory.bytes());
    }

    private ReadBandwidth reading(int plan, ReadBandwidth memory, Map<Long, ReadBandwidth> readings) {
        return Objects.requireNonNull(readings.get(bytesRead(plan, memory)));
    }

    private void time(List<Contender> all, Phase phase) {
        for (int round = 0; round < settings.rounds(); round++) {
            progress.at(what(phase), round, settings.rounds());
            for (Contender contender : round % 2 == 0 ? all : all.reversed()) {
                contender.time(phase);
            }
        }
    }

    private static String what(Phase phase) {
        return switch (phase) {
            case Phase.Prefill(int tokens) -> "prefill of " + tokens;
            case Phase.Decode(int context, int _) -> "decode after " + context;
        };
    }

    private PlanResult result(int index, Optional<ReadBandwidth> reading) {
        BenchedPlan plan = plans.get(index);
        Map<Variant, Contender> variants = contenders.get(index);
        Map<Phase, Spread> fusion = new LinkedHashMap<>();
        Map<Phase, Spread> against = new LinkedHashMap<>();
        for (Phase phase : settings.phases()) {
            Contender fused = variants.get(Variant.FUSED);
            Contender unfused = variants.get(Variant.UNFUSED);
            if (fused != null && unfused != null) {
                fusion.put(phase, ratio(fused, unfused, phase));
            }
            if (!plan.baseline()) {
                baseline().ifPresent(theirs -> against.put(phase, ratio(first(variants), first(theirs), phase)));
            }
        }
        return new PlanResult(
                plan.name(),
                plan.text(),
                plan.baseline(),
                first(variants).program().mode(),
                reading,
                variants.entrySet().stream()
                        .map(each -> result(each.getKey(), each.getValue()))
                        .toList(),
                fusion,
                against);
    }

    /// The variants of the plan that the others are compared with; all plans have the same ones.
    private Optional<Map<Variant, Contender>> baseline() {
        for (int i = 0; i < plans.size(); i++) {
            if (plans.get(i).baseline()) {
                return Optional.of(contenders.get(i));
            }
        }
        return Optional.empty();
    }

    /// Fused, where it is measured.
    private static Contender first(Map<Variant, Contender> variants) {
        return variants.values().iterator().next();
    }

    private static Spread ratio(Contender over, Contender under, Phase phase) {
        return Spread.ofRatios(over.rates(phase), under.rates(phase));
    }

    private VariantResult result(Variant variant, Contender contender) {
        List<PhaseResult> phases = settings.phases().stream()
                .map(phase ->
                        PhaseResult.of(contender.program(), settings.kv(), phase, Spread.of(contender.rates(phase))))
                .toList();
        return new VariantResult(variant, contender.launchesPerToken(), contender.cost(), phases, opTimes(contender));
    }

    /// Only the processor's executor times its launches.
    private List<OpTimes> opTimes(Contender contender) {
        int rounds = Math.min(MOST_PROFILE_ROUNDS, settings.rounds());
        if (!(contender.executor() instanceof CpuExecutor executor)) {
            return List.of();
        }
        progress.at("timing every launch", 0, 0);
        return List.of(
                OpTimes.of(contender, executor, settings.prefill(), rounds),
                OpTimes.of(contender, executor, settings.decodes().getFirst(), rounds));
    }
}
