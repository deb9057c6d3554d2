package io.layerplan.runtime.generate;

import io.layerplan.runtime.InputException;

/// How a token is drawn from logits. The steps apply in the order of llama.cpp's default chain: repetition penalty,
/// top-k, top-p, min-p, temperature, draw; top-p and min-p therefore see the probabilities of temperature 1.
///
/// @param temperature       logits are divided by it; 0 takes the best token, the lowest id of equals, and draws none
/// @param topK              draw among the `topK` best tokens (Fan et al., arXiv 1805.04833); 0 is all
/// @param topP              draw among the best tokens that together reach this probability (nucleus sampling,
///                          Holtzman et al., arXiv 1904.09751); 1 is all
/// @param minP              draw among tokens with at least this share of the best one's probability (Nguyen et al.,
///                          arXiv 2407.01082); 0 is all
/// @param repetitionPenalty logits of recent tokens are divided by it if positive, multiplied if negative (CTRL,
///                          Keskar et al., arXiv 1909.05858); 1 is none
/// @param repetitionWindow  how many of the last tokens are recent, those of the prompt among them
/// @param seed              of the draws: SplitMix64, one number for each token drawn
public record SamplingOptions(
        double temperature,
        int topK,
        double topP,
        double minP,
        double repetitionPenalty,
        int repetitionWindow,
        long seed) {
    private static final int USUAL_WINDOW = 64;

    /// The best token, always.
    public static final SamplingOptions GREEDY = new SamplingOptions(0, 0, 1, 0, 1, USUAL_WINDOW, 0);

    public SamplingOptions {
        require(temperature >= 0 && temperature < Double.POSITIVE_INFINITY, "temperature", temperature, "0 or more");
        require(topK >= 0, "top-k", topK, "0 or more");
        require(topP > 0 && topP <= 1, "top-p", topP, "above 0 and at most 1");
        require(minP >= 0 && minP <= 1, "min-p", minP, "from 0 to 1");
        require(
                repetitionPenalty > 0 && repetitionPenalty < Double.POSITIVE_INFINITY,
                "repetition penalty",
                repetitionPenalty,
                "above 0; 1 is none");
        require(repetitionWindow >= 0, "repetition window", repetitionWindow, "0 or more");
    }

    public SamplingOptions withTemperature(double value) {
        return new SamplingOptions(value, topK, topP, minP, repetitionPenalty, repetitionWindow, seed);
    }

    public SamplingOptions withTopK(int value) {
        return new SamplingOptions(temperature, value, topP, minP, repetitionPenalty, repetitionWindow, seed);
    }

    public SamplingOptions withTopP(double value) {
        return new SamplingOptions(temperature, topK, value, minP, repetitionPenalty, repetitionWindow, seed);
    }

    public SamplingOptions withMinP(double value) {
        return new SamplingOptions(temperature, topK, topP, value, repetitionPenalty, repetitionWindow, seed);
    }

    public SamplingOptions withRepetitionPenalty(double value, int window) {
        return new SamplingOptions(temperature, topK, topP, minP, value, window, seed);
    }

    public SamplingOptions withSeed(long value) {
        return new SamplingOptions(temperature, topK, topP, minP, repetitionPenalty, repetitionWindow, value);
    }

    private static void require(boolean valid, String name, Number value, String range) {
        if (!valid) {
            throw new InputException("%s cannot be %s".formatted(name, value), "give a number " + range);
        }
    }
}
