package io.layerplan.compiler.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.layerplan.runtime.generate.GenerationResult;
import io.layerplan.runtime.generate.StepLogProbabilities;
import io.layerplan.runtime.generate.StepLogProbabilities.TokenLogProbability;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `run --json` prints.
///
/// @param promptTokens ids of the prompt
/// @param tokens       ids generated, with the end token where one was drawn
/// @param stop         `end_token`, `length`, `context` or `interrupted`
/// @param logprobs     for every token generated, where they were asked for
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunReport(
        List<Integer> promptTokens,
        List<Integer> tokens,
        String stop,
        String text,
        @Nullable List<Step> logprobs,
        RunStats stats) {
    /// @param best the most probable tokens, best first
    record Step(Choice drawn, List<Choice> best) {}

    /// @param text    the token as the vocabulary writes it
    /// @param logprob natural logarithm of the probability
    record Choice(int token, String text, double logprob) {}

    static RunReport of(RunSession session, GenerationResult result, RunStats stats) {
        List<Step> steps = result.steps().stream()
                .map(step -> step(step, session.tokenizer()))
                .toList();
        return new RunReport(
                result.promptTokens(),
                result.tokens(),
                result.stop().name().toLowerCase(Locale.ROOT),
                result.text(),
                steps.isEmpty() ? null : steps,
                stats);
    }

    private static Step step(StepLogProbabilities step, Tokenizer tokenizer) {
        return new Step(
                choice(step.drawn(), tokenizer),
                step.best().stream().map(each -> choice(each, tokenizer)).toList());
    }

    private static Choice choice(TokenLogProbability each, Tokenizer tokenizer) {
        return new Choice(each.token(), tokenizer.token(each.token()), each.logProbability());
    }
}
