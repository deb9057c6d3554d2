package io.layerplan.runtime.generate;

import java.util.ArrayList;
import java.util.List;

/// What the model thought before a token was drawn: natural logarithms of probabilities at temperature 1, before the
/// repetition penalty.
///
/// @param drawn the token that was drawn
/// @param best  the most probable tokens, best first
public record StepLogProbabilities(TokenLogProbability drawn, List<TokenLogProbability> best) {
    public StepLogProbabilities {
        best = List.copyOf(best);
    }

    /// A token and the logarithm of its probability.
    public record TokenLogProbability(int token, double logProbability) {}

    /// The `count` best of a step: `logit - log Σ exp(logit)`.
    static List<TokenLogProbability> best(float[] logits, int count) {
        double normaliser = logSumOfExponentials(logits);
        List<TokenLogProbability> best = new ArrayList<>();
        for (int id : TopLogits.of(logits, count)) {
            best.add(new TokenLogProbability(id, logits[id] - normaliser));
        }
        return best;
    }

    static double logSumOfExponentials(float[] logits) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((double) logit - highest);
        }
        return highest + Math.log(sum);
    }
}
