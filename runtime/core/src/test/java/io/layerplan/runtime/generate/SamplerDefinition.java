package io.layerplan.runtime.generate;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// What [Sampler] has to draw, step by step and with a sort of all tokens.
final class SamplerDefinition {
    private SamplerDefinition() {}

    static int sample(float[] logits, SamplingOptions options, SplitMix64 random) {
        List<Integer> ids = IntStream.range(0, logits.length).boxed().toList();
        List<Integer> sorted = ids.stream()
                .sorted(Comparator.<Integer>comparingDouble(id -> -logits[id]))
                .toList();
        double highest = logits[sorted.getFirst()];
        ToDoubleFunction<Integer> weight = id -> StrictMath.exp(logits[id] - highest);
        List<Integer> candidates =
                options.topK() > 0 ? sorted.subList(0, Math.min(sorted.size(), options.topK())) : ids;
        if (options.topP() < 1) {
            double wanted =
                    options.topP() * candidates.stream().mapToDouble(weight).sum();
            List<Integer> best = options.topK() > 0 ? candidates : sorted;
            int count = 0;
            for (double sum = 0; sum < wanted && count < best.size(); count++) {
                sum += weight.applyAsDouble(best.get(count));
            }
            candidates = best.subList(0, count);
        }
        if (options.minP() > 0) {
            double lowest = highest + StrictMath.log(options.minP());
            candidates = candidates.stream().filter(id -> logits[id] >= lowest).toList();
        }
        double sum = 0;
        double[] sums = new double[candidates.size()];
        for (int i = 0; i < sums.length; i++) {
            sum += StrictMath.exp((logits[candidates.get(i)] - highest) / options.temperature());
            sums[i] = sum;
        }
        double point = random.nextDouble() * sum;
        int chosen = 0;
        while (chosen < sums.length - 1 && sums[chosen] <= point) {
            chosen++;
        }
        return candidates.get(chosen);
    }
}
