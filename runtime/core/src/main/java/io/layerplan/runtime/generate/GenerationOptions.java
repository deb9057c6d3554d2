package io.layerplan.runtime.generate;

import io.layerplan.runtime.InputException;

/// How much is generated, and how.
///
/// @param maxTokens        the most tokens to generate, an end token among them; 0 only reads the prompt
/// @param context          the most positions of the sequence, as the executor was made for; 0 is the model's own
/// @param sampling         how tokens are drawn
/// @param logProbabilities for how many of the best tokens of every step log-probabilities are wanted; 0 is none
/// @param stopAtEnd        whether an end-of-generation token ends it
public record GenerationOptions(
        int maxTokens, int context, SamplingOptions sampling, int logProbabilities, boolean stopAtEnd) {
    public GenerationOptions {
        require(maxTokens, "the number of tokens to generate");
        require(context, "the context");
        require(logProbabilities, "the number of log-probabilities");
    }

    /// Greedy, in the model's own context.
    public static GenerationOptions greedy(int maxTokens) {
        return new GenerationOptions(maxTokens, 0, SamplingOptions.GREEDY, 0, true);
    }

    public GenerationOptions withContext(int value) {
        return new GenerationOptions(maxTokens, value, sampling, logProbabilities, stopAtEnd);
    }

    public GenerationOptions withSampling(SamplingOptions value) {
        return new GenerationOptions(maxTokens, context, value, logProbabilities, stopAtEnd);
    }

    public GenerationOptions withLogProbabilities(int value) {
        return new GenerationOptions(maxTokens, context, sampling, value, stopAtEnd);
    }

    /// Goes on after end-of-generation tokens, as measurements need it.
    public GenerationOptions ignoringEnd() {
        return new GenerationOptions(maxTokens, context, sampling, logProbabilities, false);
    }

    private static void require(int value, String name) {
        if (value < 0) {
            throw new InputException("%s cannot be %d".formatted(name, value), "give a number 0 or more");
        }
    }
}
