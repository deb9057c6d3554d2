package io.layerplan.runtime.generate;

import java.util.List;

/// What came of a generation.
///
/// @param promptTokens the prompt
/// @param tokens       the tokens generated, with the end token where one was drawn
/// @param stop         why it ended
/// @param text         the text of `tokens` without end tokens; a character that was never completed is U+FFFD
/// @param steps        log-probabilities of every token generated, where they were asked for
/// @param timings      how long it took
public record GenerationResult(
        List<Integer> promptTokens,
        List<Integer> tokens,
        StopReason stop,
        String text,
        List<StepLogProbabilities> steps,
        GenerationTimings timings) {
    public GenerationResult {
        promptTokens = List.copyOf(promptTokens);
        tokens = List.copyOf(tokens);
        steps = List.copyOf(steps);
    }
}
