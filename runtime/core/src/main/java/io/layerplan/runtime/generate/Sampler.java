package io.layerplan.runtime.generate;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Draws tokens from logits as [SamplingOptions] say. It remembers the sequence for the repetition penalty, and where
/// its random numbers are; one sampler for one sequence. Equal logits and options give equal tokens on every machine.
public final class Sampler {
    /// How many tokens are looked at for top-p before more are.
    private static final int FIRST_NUCLEUS = 256;

    private static final int NUCLEUS_GROWTH = 8;

    private final SamplingOptions options;
    private final SplitMix64 random;
    private final RecentTokens recent;

    public Sampler(SamplingOptions options) {
        this.options = options;
        this.random = new SplitMix64(options.seed());
        this.recent = new RecentTokens(options.repetitionPenalty() == 1 ? 0 : options.repetitionWindow());
    }

    /// Tells the sampler about a token of the sequence: one of the prompt, or the one just drawn.
    public void accept(int token) {
        recent.add(token);
    }

    /// Draws a token.
    ///
    /// @param logits one for each token of the vocabulary; changed by the repetition penalty
    /// @throws NonFiniteLogitsException if one is NaN or positive infinity, or all are negative infinity
    public int sample(float[] logits) {
        penalise(logits);
        int best = best(logits);
        if (options.temperature() == 0) {
            return best;
        }
        int[] candidates = topP(logits, topK(logits), logits[best]);
        return draw(logits, minP(logits, candidates, logits[best]), logits[best]);
    }

    private void penalise(float[] logits) {
        double penalty = options.repetitionPenalty();
        recent.distinct().filter(token -> token < logits.length).forEach(token -> {
            float logit = logits[token];
            logits[token] = (float) (logit > 0 ? logit / penalty : logit * penalty);
        });
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int id = 0; id < logits.length; id++) {
            if (!(logits[id] < Float.POSITIVE_INFINITY)) {
                throw new NonFiniteLogitsException(id, logits[id]);
            }
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        if (logits[best] == Float.NEGATIVE_INFINITY) {
            throw new NonFiniteLogitsException(best, logits[best]);
        }
        return best;
    }

    /// The `topK` best, the best first; all in the order of their ids where `topK` is off.
    private int[] topK(float[] logits) {
        return options.topK() > 0
                ? TopLogits.of(logits, options.topK())
                : IntStream.range(0, logits.length).toArray();
    }

    private int[] topP(float[] logits, int[] candidates, double highest) {
        if (options.topP() == 1) {
            return candidates;
        }
        double total = Arrays.stream(candidates)
                .mapToDouble(id -> StrictMath.exp(logits[id] - highest))
                .sum();
        return options.topK() > 0
                ? nucleus(logits, candidates, total, highest)
                : growingNucleus(logits, total, highest);
    }

    /// The nucleus of all tokens, without sorting them all: it is small in most distributions.
    private int[] growingNucleus(float[] logits, double total, double highest) {
        for (int count = FIRST_NUCLEUS; ; count *= NUCLEUS_GROWTH) {
            int[] sorted = TopLogits.of(logits, count);
            int[] nucleus = nucleus(logits, sorted, total, highest);
            if (nucleus.length < sorted.length || sorted.length == logits.length) {
                return nucleus;
            }
        }
    }

    /// The shortest beginning of `sorted` that has the probability `topP`.
    private int[] nucleus(float[] logits, int[] sorted, double total, double highest) {
        double wanted = options.topP() * total;
        double sum = 0;
        for (int i = 0; i < sorted.length; i++) {
            sum += StrictMath.exp(logits[sorted[i]] - highest);
            if (sum >= wanted) {
                return Arrays.copyOf(sorted, i + 1);
            }
        }
        return sorted;
    }

    private int[] minP(float[] logits, int[] candidates, double highest) {
        if (options.minP() == 0) {
            return candidates;
        }
        double lowest = highest + StrictMath.log(options.minP());
        return Arrays.stream(candidates).filter(id -> logits[id] >= lowest).toArray();
    }

    private int draw(float[] logits, int[] candidates, double highest) {
        double[] sums = new double[candidates.length];
        double sum = 0;
        for (int i = 0; i < candidates.length; i++) {
            sum += StrictMath.exp((logits[candidates[i]] - highest) / options.temperature());
            sums[i] = sum;
        }
        double point = Math.min(random.nextDouble() * sum, Math.nextDown(sum));
        int chosen = 0;
        while (sums[chosen] <= point) {
            chosen++;
        }
        return candidates[chosen];
    }
}
