package io.layerplan.runtime.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SplitMix64Test {
    @Test
    void givesThePublishedNumbers() {
        SplitMix64 random = new SplitMix64(1234567);

        assertThat(Stream.generate(() -> Long.toUnsignedString(random.next())).limit(5))
                .containsExactly(
                        "6457827717110365317",
                        "3203168211198807973",
                        "9817491932198370423",
                        "4593380528125082431",
                        "16408922859458223821");
    }

    @Test
    void givesFractionsBelowOne() {
        SplitMix64 random = new SplitMix64(-1);

        for (int i = 0; i < 10_000; i++) {
            assertThat(random.nextDouble()).isBetween(0.0, Math.nextDown(1.0));
        }
    }
}
