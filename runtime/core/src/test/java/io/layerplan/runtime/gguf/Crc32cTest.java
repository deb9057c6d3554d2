package io.layerplan.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Crc32cTest {
    /// The check value of the catalogue of parametrised CRC algorithms.
    @Test
    void isTheChecksumOfTheStandard() {
        byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertThat(Crc32c.of(MemorySegment.ofArray(bytes))).isEqualTo(0xE306_9283);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 22, (1 << 22) + 1, (1 << 23) + 12_345, 5 << 22})
    void isThatOfTheWholeHoweverItIsCut(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        CRC32C expected = new CRC32C();
        expected.update(bytes);
        assertThat(Crc32c.of(MemorySegment.ofArray(bytes))).isEqualTo((int) expected.getValue());
    }

    @Test
    void combinesRunsLongerThanIntegersCount() {
        int zeros = Crc32c.combine(0x1234_5678, 0, 1L << 33);
        int twice = Crc32c.combine(Crc32c.combine(0x1234_5678, 0, 1L << 32), 0, 1L << 32);
        assertThat(zeros).isEqualTo(twice).isNotZero();
    }
}
