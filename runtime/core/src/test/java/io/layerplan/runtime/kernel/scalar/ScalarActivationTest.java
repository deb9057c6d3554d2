package io.layerplan.runtime.kernel.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.program.Activation;
import org.junit.jupiter.api.Test;

class ScalarActivationTest {
    @Test
    void siluAtKnownPoints() {
        float[] x = {0, 1, -1, 100, -100};
        ScalarActivation.activate(Activation.SILU, x, 0, 5, x, 0);
        assertThat(x).containsExactly(new float[] {0, 0.7310586f, -0.26894143f, 100, 0}, within(1e-7f));
    }

    @Test
    void geluAtKnownPoints() {
        float[] x = {0, 1, -1, 50, -50};
        ScalarActivation.activate(Activation.GELU_TANH, x, 0, 5, x, 0);
        assertThat(x).containsExactly(new float[] {0, 0.841192f, -0.158808f, 50, 0}, within(1e-6f));
    }
}
