package io.layerplan.compiler.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.draw.LaunchSummary.Figures;
import org.junit.jupiter.api.Test;

final class LaunchSummaryTest {
    @Test
    void putsTheFiguresSideBySide() {
        LaunchSummary summary = new LaunchSummary(
                new Figures(67, 67, 120, 8_804_000, 16_512_000, 10_240, 32_768),
                new Figures(1337, 1337, 1337, 8_804_000, 16_512_000, 10_240, 999));
        assertThat(summary.text()).isEqualTo("""
            per token               fused      unfused
            launches                   67        1,337
            barriers                   67        1,337
            weights read           8.8 MB       8.8 MB
            matrix products    16.5 MFLOP   16.5 MFLOP
            KV of a position      10.2 kB      10.2 kB
            peak buffers          32.8 kB        999 B
            """);
    }

    @Test
    void fusionSavesLaunchesAndNoWeights() {
        LaunchSummary summary = Compiled.of("run 0; par 1..4 avg", "llama", 5).summary();
        assertThat(summary.fused().launches()).isLessThan(summary.unfused().launches());
        assertThat(summary.fused().weightBytes()).isEqualTo(summary.unfused().weightBytes());
        assertThat(summary.fused().bufferBytes())
                .isLessThanOrEqualTo(summary.unfused().bufferBytes());
    }

    @Test
    void amountsRoundUpToTheNextUnit() {
        assertThat(Amounts.bytes(999)).isEqualTo("999 B");
        assertThat(Amounts.bytes(999_949)).isEqualTo("999.9 kB");
        assertThat(Amounts.bytes(999_950)).isEqualTo("1.0 MB");
        assertThat(Amounts.flops(Long.MAX_VALUE)).isEqualTo("9.2 EFLOP");
    }
}
