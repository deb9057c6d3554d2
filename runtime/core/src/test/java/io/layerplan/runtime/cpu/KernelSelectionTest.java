package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelSelectionTest {
    @AfterEach
    void forgetTheProperty() {
        System.clearProperty("layerplan.kernels");
    }

    @Test
    void scalarKernelsCanBeAskedFor() {
        System.setProperty("layerplan.kernels", "scalar");
        assertThat(KernelSelection.choose(true).name()).isEqualTo("scalar");
    }

    @Test
    void vectorKernelsAreTakenWhereTheJvmHasThem() {
        assertThat(KernelSelection.choose(true).name()).matches("vector \\((128|256|512) bits\\)");
        System.setProperty("layerplan.kernels", "vector");
        assertThat(KernelSelection.choose(true).name()).startsWith("vector");
    }

    @Test
    void refusesOtherNames() {
        System.setProperty("layerplan.kernels", "gpu");
        assertThatThrownBy(() -> KernelSelection.choose(true))
                .isInstanceOf(InputException.class)
                .hasMessage("`-Dlayerplan.kernels=gpu` names no kernels");
    }
}
