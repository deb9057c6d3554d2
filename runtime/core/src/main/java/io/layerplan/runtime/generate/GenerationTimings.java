package io.layerplan.runtime.generate;

/// How long a generation took, in seconds.
///
/// @param prompt       reading the prompt, up to its logits
/// @param firstToken   from the start until the first token was drawn; 0 if none was
/// @param decode       from then until the last token was drawn
/// @param promptTokens tokens of the prompt
/// @param decodePasses forward passes between the first token and the last: one less than the tokens generated
public record GenerationTimings(double prompt, double firstToken, double decode, int promptTokens, int decodePasses) {
    /// Tokens of the prompt per second.
    public double promptRate() {
        return rate(promptTokens, prompt);
    }

    /// Forward passes of one token per second; 0 where there was none.
    public double decodeRate() {
        return rate(decodePasses, decode);
    }

    private static double rate(int count, double seconds) {
        return count == 0 || seconds <= 0 ? 0 : count / seconds;
    }
}
