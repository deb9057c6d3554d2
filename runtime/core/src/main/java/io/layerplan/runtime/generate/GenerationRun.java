package io.layerplan.runtime.generate;

import io.layerplan.runtime.generate.StepLogProbabilities.TokenLogProbability;
import io.layerplan.runtime.tokenizer.TextDecoder;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One generation under way: what has come of it so far.
final class GenerationRun {
    private static final double NANOS = 1e9;

    private final int[] prompt;
    private final GenerationOptions options;
    private final GenerationListener listener;
    private final Sampler sampler;
    private final @Nullable TextDecoder decoder;
    private final Set<Integer> ends;

    private final List<Integer> tokens = new ArrayList<>();
    private final List<StepLogProbabilities> steps = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private float[] before = {};

    private final long start = System.nanoTime();
    private long promptRead = start;
    private long firstDrawn = start;
    private long lastDrawn = start;

    GenerationRun(int[] prompt, GenerationOptions options, GenerationListener listener, @Nullable Tokenizer tokenizer) {
        this.prompt = prompt.clone();
        this.options = options;
        this.listener = listener;
        this.sampler = new Sampler(options.sampling());
        this.decoder = tokenizer == null ? null : tokenizer.decoder();
        this.ends = tokenizer == null || !options.stopAtEnd() ? Set.of() : tokenizer.endOfGeneration();
        for (int token : prompt) {
            sampler.accept(token);
        }
    }

    void promptRead() {
        promptRead = System.nanoTime();
    }

    int count() {
        return tokens.size();
    }

    boolean isEnd(int token) {
        return ends.contains(token);
    }

    int draw(float[] logits) {
        List<TokenLogProbability> best = List.of();
        if (options.logProbabilities() > 0) {
            // The sampler changes logits.
            if (before.length != logits.length) {
                before = new float[logits.length];
            }
            System.arraycopy(logits, 0, before, 0, logits.length);
            best = StepLogProbabilities.best(logits, options.logProbabilities());
        }
        int token = sampler.sample(logits);
        lastDrawn = System.nanoTime();
        if (tokens.isEmpty()) {
            firstDrawn = lastDrawn;
        }
        if (options.logProbabilities() > 0) {
            double logProbability = before[token] - StepLogProbabilities.logSumOfExponentials(before);
            steps.add(new StepLogProbabilities(new TokenLogProbability(token, logProbability), best));
        }
        sampler.accept(token);
        tokens.add(token);
        listener.token(token);
        if (decoder != null && !isEnd(token)) {
            tell(decoder.accept(token));
        }
        return token;
    }

    GenerationResult result(StopReason stop) {
        if (decoder != null) {
            tell(decoder.finish());
        }
        GenerationTimings timings = new GenerationTimings(
                (promptRead - start) / NANOS,
                (firstDrawn - start) / NANOS,
                (lastDrawn - firstDrawn) / NANOS,
                prompt.length,
                Math.max(0, tokens.size() - 1));
        List<Integer> promptTokens = Arrays.stream(prompt).boxed().toList();
        return new GenerationResult(promptTokens, tokens, stop, text.toString(), steps, timings);
    }

    private void tell(String piece) {
        if (!piece.isEmpty()) {
            text.append(piece);
            listener.text(piece);
        }
    }
}
