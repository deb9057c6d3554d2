package io.layerplan.runtime.generate;

import java.util.Arrays;

/// Draws tokens from logits as [SamplingOptions] say. It remembers the sequence for the repetition penalty, and where
/// its random numbers are; one sampler for one sequence. Equal logits and options give equal tokens on every machine.
public final class Sampler {
    private final SamplingOptions options;
    private final SplitMix64 random;
    private final RecentTokens recent;
    private final BestFirst bestFirst = new BestFirst();

    /// Kept from one step to the next: with a vocabulary of 262,144 tokens, what one step needs is megabytes.
    private int[] candidates = {};

    /// How many of the candidates are left.
    private int count;

    private double[] sums = {};

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
        if (candidates.length < logits.length) {
            candidates = new int[logits.length];
        }
        topK(logits);
        topP(logits, logits[best]);
        minP(logits, logits[best]);
        return draw(logits, logits[best]);
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
    private void topK(float[] logits) {
        if (options.topK() > 0) {
            int[] best = TopLogits.of(logits, options.topK());
            count = best.length;
            System.arraycopy(best, 0, candidates, 0, count);
            return;
        }
        count = logits.length;
        for (int id = 0; id < count; id++) {
            candidates[id] = id;
        }
    }

    /// The fewest of the best candidates that have the probability `topP`. A nucleus of all tokens is seldom a large
    /// part of them, so they are not sorted.
    private void topP(float[] logits, double highest) {
        if (options.topP() == 1) {
            return;
        }
        double wanted = options.topP() * total(logits, highest);
        boolean sorted = options.topK() > 0;
        if (!sorted) {
            bestFirst.begin(logits);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (!sorted) {
                candidates[i] = bestFirst.next();
            }
            sum += StrictMath.exp(logits[candidates[i]] - highest);
            if (sum >= wanted) {
                count = i + 1;
                return;
            }
        }
    }

    private double total(float[] logits, double highest) {
        return Arrays.stream(candidates, 0, count)
                .mapToDouble(id -> StrictMath.exp(logits[id] - highest))
                .sum();
    }

    private void minP(float[] logits, double highest) {
        if (options.minP() == 0) {
            return;
        }
        double lowest = highest + StrictMath.log(options.minP());
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (logits[candidates[i]] >= lowest) {
                candidates[kept++] = candidates[i];
            }
        }
        count = kept;
    }

    private int draw(float[] logits, double highest) {
        if (sums.length < count) {
            sums = new double[Math.min(logits.length, 2 * count)];
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
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
