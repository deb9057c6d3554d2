package io.layerplan.bench.measure;

import io.layerplan.runtime.program.KeyValueFormat;
import java.util.List;
import java.util.stream.Stream;

/// How a benchmark is run.
///
/// @param threads       workers of each executor; 0 where the backend has none
/// @param kv            how they store keys and values
/// @param rounds        how often every phase of every program is timed
/// @param prompt        tokens of a prefill
/// @param contexts      after how many tokens decoding is timed, each in turn
/// @param tokens        how many are decoded in a round
/// @param warmUpSeconds the longest time that the warm-up may take, give or take a round; 0 is a single round
public record Settings(
        int threads,
        KeyValueFormat kv,
        int rounds,
        int prompt,
        List<Integer> contexts,
        int tokens,
        double warmUpSeconds) {
    public Settings {
        contexts = List.copyOf(contexts);
    }

    public Phase.Prefill prefill() {
        return new Phase.Prefill(prompt);
    }

    public List<Phase.Decode> decodes() {
        return contexts.stream()
                .map(context -> new Phase.Decode(context, tokens))
                .toList();
    }

    /// In the order in which they are timed.
    public List<Phase> phases() {
        return Stream.<Phase>concat(Stream.of(prefill()), decodes().stream()).toList();
    }

    /// The positions that an executor needs.
    public int positions() {
        int deepest = contexts.stream().mapToInt(Integer::intValue).max().orElse(0);
        return Math.max(prompt, deepest + tokens);
    }
}
