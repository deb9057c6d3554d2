package io.layerplan.compiler.cli;

import io.layerplan.runtime.generate.SamplingOptions;
import picocli.CommandLine.Option;

/// How tokens are drawn.
final class SamplingFlags {
    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Divide the logits by T before drawing; 0 (the default) always takes the best token.")
    double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Draw among the K best tokens; 0 (the default): all.")
    int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw among the best tokens that together reach probability P; 1 (the default): all.")
    double topP = 1;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Draw among tokens with at least P times the best one's probability; 0 (the default): all.")
    double minP;

    @Option(
            names = "--repeat-penalty",
            paramLabel = "R",
            description = "Divide the logits of the last 64 tokens by R; 1 (the default): none.")
    double repeatPenalty = 1;

    @Option(names = "--seed", paramLabel = "N", description = "Of the draws: the same seed, the same text. Default: 0.")
    long seed;

    SamplingOptions options() {
        return SamplingOptions.GREEDY
                .withTemperature(temperature)
                .withTopK(topK)
                .withTopP(topP)
                .withMinP(minP)
                .withRepetitionPenalty(repeatPenalty, SamplingOptions.GREEDY.repetitionWindow())
                .withSeed(seed);
    }
}
