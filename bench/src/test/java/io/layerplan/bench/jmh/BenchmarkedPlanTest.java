package io.layerplan.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import org.junit.jupiter.api.Test;

final class BenchmarkedPlanTest {
    @Test
    void runsOnTheProcessor() {
        assertThat(BenchmarkedPlan.backend("cpu").devices()).isNotEmpty();
    }

    @Test
    void saysHowSuitesAreStartedForDevices() {
        assertThatThrownBy(() -> BenchmarkedPlan.backend("tornado"))
                .isInstanceOf(InputException.class)
                .hasMessage("the backend `tornado` is not installed: set TORNADOVM_HOME and start the suites with"
                        + " `-Djmh.backend=tornado` (docs/performance.md)");
    }

    @Test
    void refusesABackendThatThereIsNot() {
        assertThatThrownBy(() -> BenchmarkedPlan.backend("abacus"))
                .isInstanceOf(InputException.class)
                .hasMessage("there is no backend `abacus`: there is `cpu`");
    }
}
