package io.layerplan.compiler.draw;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// What a box says.
///
/// @param normed whether a norm is part of it, on the way in
/// @param cores  what it computes: `q`, `k`, `v`
/// @param steps  what is done to the result before it is stored: `rope`; an attention's window
/// @param layers whose weights it reads
/// @param slots  the KV slots it writes, or, an attention, reads
record Caption(
        Family family,
        boolean normed,
        List<String> cores,
        List<String> steps,
        NavigableSet<Integer> layers,
        NavigableSet<Integer> slots) {
    private static final List<String> QUERY_KEY_VALUE = List.of("q", "k", "v");

    static Caption of(Family family, String core, NavigableSet<Integer> layers) {
        return new Caption(family, false, List.of(core), List.of(), layers, new TreeSet<>());
    }

    /// Two jobs in one box.
    Caption and(Caption other) {
        return new Caption(
                family,
                normed || other.normed,
                union(cores, other.cores),
                union(steps, other.steps),
                union(layers, other.layers),
                union(slots, other.slots));
    }

    /// `q·k·v`
    String operation() {
        return String.join("·", cores);
    }

    /// `norm → q·k·v → rope`, `attention, window 512`
    String work() {
        String separator = family == Family.ATTENTION ? ", " : " → ";
        return (normed ? "norm → " : "") + operation() + (steps.isEmpty() ? "" : separator + String.join(", ", steps));
    }

    /// `norm → q·k·v → rope → kv3`, `attention, window 512 over kv3`
    String detail() {
        if (slots.isEmpty()) {
            return work();
        }
        return work() + (family == Family.ATTENTION ? " over kv" : " → kv") + Ranges.of(slots);
    }

    /// Without doubles; queries, keys and values in this order.
    private static List<String> union(List<String> a, List<String> b) {
        LinkedHashSet<String> all = new LinkedHashSet<>(a);
        all.addAll(b);
        List<String> list = new ArrayList<>(all);
        list.sort(Comparator.comparingInt(word -> Math.max(0, QUERY_KEY_VALUE.indexOf(word))));
        return list;
    }

    private static NavigableSet<Integer> union(NavigableSet<Integer> a, NavigableSet<Integer> b) {
        NavigableSet<Integer> all = new TreeSet<>(a);
        all.addAll(b);
        return all;
    }
}
