package io.layerplan.compiler.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// Comparing logits.
public final class Logits {
    private static final float TOLERANCE = 1e-4f;

    private Logits() {}

    /// Equal up to rounding: to 1e-4 of the largest.
    public static void assertClose(float[] actual, float[] expected) {
        assertClose("logits", actual, expected);
    }

    /// The largest magnitude among them.
    public static float largest(float[] logits) {
        float largest = 0;
        for (float logit : logits) {
            largest = Math.max(largest, Math.abs(logit));
        }
        return largest;
    }

    /// The largest difference between two that belong together; not a number if one of them is not.
    public static float difference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        float difference = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        return difference;
    }

    /// @param description of what they are the logits, for the message
    public static void assertClose(String description, float[] actual, float[] expected) {
        float largest = largest(expected);
        assertThat(actual).as(description).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            // The comparison by hand first: an assertion for each of thousands of logits takes longer than the model.
            if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE * largest)) {
                assertThat(actual[i])
                        .as("%s, logit %d", description, i)
                        .isCloseTo(expected[i], within(TOLERANCE * largest));
            }
        }
    }
}
