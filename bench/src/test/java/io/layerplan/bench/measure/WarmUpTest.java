package io.layerplan.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
    @Test
    void isSteadyWhenRoundsGetNoFasterAndLittleIsCompiled() {
        assertThat(WarmUp.isSteady(List.of(9.0, 1.0, 1.0, 0.99, 1.02), List.of(5.0, 0.4, 0.01, 0.01, 0.01)))
                .isTrue();
    }

    @Test
    void isNotSteadyWhileRoundsGetFaster() {
        assertThat(WarmUp.isSteady(List.of(9.0, 1.0, 1.0, 0.9, 1.0), List.of(0.0, 0.0, 0.0, 0.0, 0.0)))
                .isFalse();
    }

    @Test
    void isNotSteadyWhileMuchIsCompiled() {
        assertThat(WarmUp.isSteady(List.of(9.0, 1.0, 1.0, 1.0, 1.0), List.of(5.0, 0.5, 0.5, 0.2, 0.1)))
                .isFalse();
    }

    @Test
    void isNotSteadyBeforeThereIsSomethingToCompareWith() {
        assertThat(WarmUp.isSteady(List.of(1.0, 1.0, 1.0), List.of(0.0, 0.0, 0.0)))
                .isFalse();
    }
}
