package io.layerplan.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadBandwidthTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyNumberOfThreadsReads(int threads) {
        assertThat(ReadBandwidth.of(1 << 20, threads).gigabytesPerSecond()).isPositive();
    }

    @Test
    void littleMemoryIsReadToo() {
        assertThat(ReadBandwidth.of(1, 1).gigabytesPerSecond()).isPositive();
    }
}
