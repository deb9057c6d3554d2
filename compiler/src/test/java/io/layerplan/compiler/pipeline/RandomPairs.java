package io.layerplan.compiler.pipeline;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.compiler.schedule.PlanResolver;
import io.layerplan.compiler.schedule.Resolution;
import io.layerplan.compiler.schedule.ResolveOptions;
import io.layerplan.compiler.schedule.Schedule;
import io.layerplan.compiler.syntax.RandomPlans;
import io.layerplan.runtime.tensor.ElementType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Pairs of a random plan and a random tiny model, the same ones always: as many for each architecture and element
/// type, and chosen so that few of them hit every form of statement.
final class RandomPairs {
    /// Forms of statements, by what gives them away in a plan's text.
    static final Map<String, Pattern> STATEMENTS = statements();

    private static final int CANDIDATES = 60;
    private static final int MOST_OCCURRENCES = 20;

    /// @param shape of the model
    /// @param seed  of the model
    record Pair(io.layerplan.compiler.testing.ModelShape shape, long seed, ElementType type, String plan) {
        Schedule schedule() {
            return resolve(plan, shape.layers()).orElseThrow();
        }

        @Override
        public String toString() {
            return "%s %s, %d layers, seed %d: %s"
                    .formatted(shape.architecture(), type.label(), shape.layers(), seed, plan);
        }
    }

    private RandomPairs() {}

    static List<Pair> pairs(int count) {
        List<Pair> pairs = new ArrayList<>();
        int cells = io.layerplan.compiler.testing.ModelShape.ARCHITECTURES.size() * ElementType.values().length;
        int each = (count + cells - 1) / cells;
        for (String architecture : io.layerplan.compiler.testing.ModelShape.ARCHITECTURES) {
            for (ElementType type : ElementType.values()) {
                pairs.addAll(pairs(architecture, type, each));
            }
        }
        return pairs;
    }

    private static List<Pair> pairs(String architecture, ElementType type, int count) {
        SplittableRandom random = new SplittableRandom((architecture + type).hashCode());
        List<Pair> pairs = new ArrayList<>();
        Set<String> missing = new TreeSet<>(STATEMENTS.keySet());
        for (int i = 0; i < count; i++) {
            var shape = io.layerplan.compiler.testing.ModelShape.random(architecture, type, random);
            String plan = plan(shape.layers(), missing, random);
            missing.removeAll(statements(plan));
            pairs.add(new Pair(shape, random.nextLong(1_000_000), type, plan));
        }
        return pairs;
    }

    /// Of some candidates the one that hits the most of what is missing; any, once nothing is.
    private static String plan(int layers, Set<String> missing, SplittableRandom random) {
        String best = "run all";
        int most = -1;
        for (int i = 0; i < CANDIDATES && (i == 0 || most < 1 || !missing.isEmpty()); i++) {
            String plan = RandomPlans.plan(random.nextLong(), layers);
            Optional<Schedule> schedule = resolve(plan, layers);
            if (schedule.filter(s -> occurrences(s) <= MOST_OCCURRENCES).isPresent()) {
                Set<String> hit = statements(plan);
                hit.retainAll(missing);
                if (hit.size() > most) {
                    most = hit.size();
                    best = plan;
                }
            }
        }
        return best;
    }

    static Set<String> statements(String plan) {
        Set<String> found = new TreeSet<>();
        STATEMENTS.forEach((name, pattern) -> {
            if (pattern.matcher(plan).find()) {
                found.add(name);
            }
        });
        return found;
    }

    private static Map<String, Pattern> statements() {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        for (String word :
                List.of("run", "attn", "ffn", "skip", "loop", "avg", "sum", "weights", "lp", "scale", "each")) {
            patterns.put(word, Pattern.compile("\\b" + word + "\\b"));
        }
        patterns.put("par { }", Pattern.compile("\\bpar\\s*\\{"));
        return patterns;
    }

    private static Optional<Schedule> resolve(String plan, int layers) {
        Resolution resolution = PlanResolver.resolve(
                new SourceText("random.plan", plan), ModelShape.ofLayers(layers), ResolveOptions.NONE);
        return resolution.schedule();
    }

    private static long occurrences(Schedule schedule) {
        return switch (schedule) {
            case Schedule.Layer _ -> 1;
            case Schedule.Sequence(var steps) ->
                steps.stream().mapToLong(RandomPairs::occurrences).sum();
            case Schedule.Parallel(var branches, var _) ->
                branches.stream().mapToLong(RandomPairs::occurrences).sum();
            case Schedule.Loop(var body, var times) -> times * occurrences(body);
            case Schedule.Scaled(var body, var _) -> occurrences(body);
        };
    }

    /// How often each statement was hit, a line for each architecture and type.
    static String table(Map<String, Map<String, Integer>> hits) {
        StringBuilder table = new StringBuilder("%-14s".formatted(""));
        STATEMENTS.keySet().forEach(name -> table.append("%8s".formatted(name)));
        new TreeMap<>(hits).forEach((cell, counts) -> {
            table.append("\n%-14s".formatted(cell));
            STATEMENTS.keySet().forEach(name -> table.append("%8d".formatted(counts.getOrDefault(name, 0))));
        });
        return table.append('\n').toString();
    }
}
