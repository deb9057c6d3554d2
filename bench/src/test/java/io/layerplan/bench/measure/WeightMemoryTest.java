package io.layerplan.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.backend.Backends;
import org.junit.jupiter.api.Test;

final class WeightMemoryTest {
    private static final WeightMemory MAIN =
            new WeightMemory(new Target(Backends.USUAL, Backends.device(Backends.named(Backends.USUAL), 0)), 2);

    @Test
    void noMoreIsReadThanThereIsRoomFor() {
        assertThat(MAIN.beyondCaches()).hasValueSatisfying(read -> {
            assertThat(read.bytes())
                    .isBetween(1L, Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 8));
            assertThat(read.gigabytesPerSecond()).isPositive();
        });
    }

    @Test
    void asManyBytesAreReadAsWereAskedFor() {
        assertThat(MAIN.of(5 << 20)).hasValueSatisfying(read -> {
            assertThat(read.bytes()).isEqualTo(5 << 20);
            assertThat(read.gigabytesPerSecond()).isPositive();
        });
    }
}
