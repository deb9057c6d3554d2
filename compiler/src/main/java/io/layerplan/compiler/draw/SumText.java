package io.layerplan.compiler.draw;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a sum computes, in a few words: `x + out`, `mean of 8 (h + down)`, `x + Σ down`, `0.5 (x + down)`.
final class SumText {
    /// A term by what it is called, `x` or `down`, and its weight.
    record Part(String name, float weight) {}

    private static final float NEAR = 1e-6f;

    private SumText() {}

    static String of(List<Part> parts) {
        Map<String, Long> counts =
                parts.stream().collect(Collectors.groupingBy(Part::name, LinkedHashMap::new, Collectors.counting()));
        TreeSet<Float> weights = parts.stream().map(Part::weight).collect(Collectors.toCollection(TreeSet::new));
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        if (weights.size() > 1) {
            return weighted(parts, counts);
        }
        float weight = weights.first();
        if (most > 1 && Math.abs(weight * most - 1) < NEAR) {
            return "mean of %d (%s)".formatted(most, String.join(" + ", counts.keySet()));
        }
        String sum = counts.entrySet().stream()
                .map(entry -> (entry.getValue() > 1 ? "Σ " : "") + entry.getKey())
                .collect(Collectors.joining(" + "));
        if (Math.abs(weight - 1) < NEAR) {
            return sum;
        }
        return number(weight) + (parts.size() == 1 ? " " + sum : " (" + sum + ")");
    }

    /// Each name with its weight; those whose weights differ among themselves are only said to be weighted.
    private static String weighted(List<Part> parts, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> {
                    String name = (entry.getValue() > 1 ? "Σ " : "") + entry.getKey();
                    List<Float> own = parts.stream()
                            .filter(part -> part.name().equals(entry.getKey()))
                            .map(Part::weight)
                            .distinct()
                            .toList();
                    if (own.size() > 1) {
                        return "Σ w " + entry.getKey();
                    }
                    return Math.abs(own.getFirst() - 1) < NEAR ? name : number(own.getFirst()) + " " + name;
                })
                .collect(Collectors.joining(" + "));
    }

    /// At most three digits behind the point.
    private static String number(float weight) {
        String text = String.format(Locale.ROOT, "%.3f", weight);
        return text.replaceFirst("\\.?0+$", "");
    }
}
