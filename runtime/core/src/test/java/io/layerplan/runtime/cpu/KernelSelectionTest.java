package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.machine.ProcessorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSelectionTest {
    @AfterEach
    void forgetTheProperty() {
        System.clearProperty("layerplan.kernels");
        System.clearProperty("layerplan.prefill");
    }

    @Test
    void scalarKernelsCanBeAskedFor() {
        System.setProperty("layerplan.kernels", "scalar");
        assertThat(KernelSelection.choose(true).name()).isEqualTo("scalar");
    }

    @Test
    void vectorKernelsAreTakenWhereTheJvmHasThem() {
        assertThat(KernelSelection.choose(true).name()).matches("vector \\((128|256|512) bits(, integer prefill)?\\)");
        System.setProperty("layerplan.kernels", "vector");
        assertThat(KernelSelection.choose(true).name()).startsWith("vector");
    }

    @Test
    void productsOfManyTokensCanBeAskedForAsIntegersOrFloats() {
        System.setProperty("layerplan.prefill", "integers");
        assertThat(KernelSelection.choose(true).packsCodes()).isTrue();
        System.setProperty("layerplan.prefill", "floats");
        assertThat(KernelSelection.choose(true).packsCodes()).isFalse();
        System.setProperty("layerplan.prefill", "doubles");
        assertThatThrownBy(() -> KernelSelection.choose(true))
                .isInstanceOf(InputException.class)
                .hasMessage("`-Dlayerplan.prefill=doubles` names no kind of products");
    }

    @Test
    void knowsWhoMadeTheProcessor(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cpuinfo");
        assertThat(ProcessorInfo.isOfAmd(file)).isFalse();
        Files.writeString(file, "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\n");
        assertThat(ProcessorInfo.isOfAmd(file)).isTrue();
        Files.writeString(file, "processor\t: 0\nvendor_id\t: GenuineIntel\n");
        assertThat(ProcessorInfo.isOfAmd(file)).isFalse();
    }

    @Test
    void refusesOtherNames() {
        System.setProperty("layerplan.kernels", "gpu");
        assertThatThrownBy(() -> KernelSelection.choose(true))
                .isInstanceOf(InputException.class)
                .hasMessage("`-Dlayerplan.kernels=gpu` names no kernels");
    }
}
