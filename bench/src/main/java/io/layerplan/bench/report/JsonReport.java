package io.layerplan.bench.report;

import io.layerplan.bench.measure.BenchResult;
import io.layerplan.bench.measure.OpTimes;
import io.layerplan.bench.measure.Phase;
import io.layerplan.bench.measure.PhaseResult;
import io.layerplan.bench.measure.PlanResult;
import io.layerplan.bench.measure.Spread;
import io.layerplan.bench.measure.Variant;
import io.layerplan.bench.measure.VariantResult;
import io.layerplan.compiler.cli.Version;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Results as data. Of each plan `decode` and `prefill` hold the medians of its variants in tokens per second, and
/// their ratio, so that most readers need nothing else; `details` has the rest. Both are about the first of the
/// contexts. What the backend does not tell is left out.
public final class JsonReport {
    private JsonReport() {}

    /// @param model what the model is called
    public static Map<String, Object> of(BenchResult result, String model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", Version.number());
        json.put("machine", result.machine());
        json.put("backend", result.target().backend());
        json.put("device", result.target().device());
        json.put("model", model);
        json.put("kernels", result.kernels());
        json.put("settings", settings(result));
        json.put("warm_up", result.warmUp());
        result.memory().ifPresent(memory -> json.put("memory_bandwidth", memory));
        json.put(
                "plans", result.plans().stream().map(plan -> plan(plan, result)).toList());
        return json;
    }

    private static Map<String, Object> settings(BenchResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (result.settings().threads() > 0) {
            json.put("threads", result.settings().threads());
        }
        json.put("kv", result.settings().kv().name().toLowerCase(Locale.ROOT));
        json.put("rounds", result.settings().rounds());
        json.put("prompt_length", result.settings().prompt());
        json.put("contexts", result.settings().contexts());
        json.put("decode_length", result.settings().tokens());
        return json;
    }

    private static Map<String, Object> plan(PlanResult plan, BenchResult result) {
        Phase decode = result.settings().decodes().getFirst();
        Phase prefill = result.settings().prefill();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", plan.name());
        json.put("plan", plan.text());
        json.put("baseline", plan.baseline());
        json.put("numeric", plan.mode().name().toLowerCase(Locale.ROOT));
        json.put("decode", medians(plan, decode));
        json.put("prefill", medians(plan, prefill));
        json.put("details", details(plan, result));
        return json;
    }

    private static Map<String, Object> medians(PlanResult plan, Phase phase) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Variant variant : Variant.values()) {
            plan.variant(variant)
                    .ifPresent(each ->
                            json.put(variant.word(), each.phase(phase).rate().median()));
        }
        put(json, "ratio", plan.fusion().get(phase));
        put(json, "against", plan.against().get(phase));
        return json;
    }

    private static void put(Map<String, Object> json, String key, @Nullable Spread spread) {
        if (spread != null) {
            json.put(key, spread.median());
        }
    }

    private static Map<String, Object> details(PlanResult plan, BenchResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        plan.reading().ifPresent(reading -> json.put("read_bandwidth_of_weights", reading));
        for (VariantResult variant : plan.variants()) {
            json.put(variant.variant().word(), variant(variant));
        }
        json.put("ratios", ratios(plan.fusion(), result));
        json.put("ratios_against", ratios(plan.against(), result));
        return json;
    }

    private static List<Map<String, Object>> ratios(Map<Phase, Spread> ratios, BenchResult result) {
        return result.settings().phases().stream()
                .filter(ratios::containsKey)
                .map(phase -> {
                    Map<String, Object> json = phase(phase);
                    json.put("ratio", ratios.get(phase));
                    return json;
                })
                .toList();
    }

    private static Map<String, Object> variant(VariantResult variant) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("launches_per_token", variant.launches());
        json.put("weight_bytes_per_token", variant.cost().weightBytes());
        json.put("buffer_bytes_per_token", variant.cost().bufferBytes());
        json.put("kv_bytes_per_position", variant.cost().kvBytes());
        json.put("phases", variant.phases().stream().map(JsonReport::phase).toList());
        if (!variant.opTimes().isEmpty()) {
            json.put(
                    "op_times",
                    variant.opTimes().stream().map(JsonReport::opTimes).toList());
        }
        return json;
    }

    private static Map<String, Object> phase(PhaseResult measured) {
        Map<String, Object> json = phase(measured.phase());
        json.put("tokens_per_second", measured.rate());
        if (measured.phase() instanceof Phase.Decode) {
            json.put("bytes_per_token", measured.bytesPerToken());
            json.put("gigabytes_per_second", measured.gigabytesPerSecond());
        }
        json.put("flops_per_token", measured.flopsPerToken());
        json.put("gigaflops", measured.gigaflops());
        return json;
    }

    private static Map<String, Object> opTimes(OpTimes times) {
        Map<String, Object> micros = new LinkedHashMap<>();
        times.micros().forEach((kind, time) -> micros.put(kind.name().toLowerCase(Locale.ROOT), time));
        Map<String, Object> json = phase(times.phase());
        json.put("microseconds_per_token", micros);
        return json;
    }

    private static Map<String, Object> phase(Phase phase) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (phase) {
            case Phase.Prefill(int tokens) -> {
                json.put("phase", "prefill");
                json.put("tokens", tokens);
            }
            case Phase.Decode(int context, int tokens) -> {
                json.put("phase", "decode");
                json.put("context", context);
                json.put("tokens", tokens);
            }
        }
        return json;
    }
}
