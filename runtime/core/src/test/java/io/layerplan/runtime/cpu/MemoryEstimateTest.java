package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.machine.AvailableMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryEstimateTest {
    private static final MemoryEstimate ESTIMATE = new MemoryEstimate(5_000_000_000L, 0, 1_200_000_000, 30_000_000);

    @Test
    void weightsAreMappedAndNeedNotFit() {
        assertThatCode(() -> ESTIMATE.requireFits(1_230_000_000, 1_230_000_000)).doesNotThrowAnyException();
    }

    @Test
    void saysWhoIsShortOfMemory() {
        assertThatThrownBy(() -> ESTIMATE.requireFits(1_000_000_000, 9_000_000_000L))
                .isInstanceOf(InputException.class)
                .hasMessage("the run needs 1.20 GB for keys and values and 30.0 MB for activations,"
                        + " and the JVM has 1.00 GB");
        assertThatThrownBy(() -> ESTIMATE.requireFits(9_000_000_000L, 800_000_000))
                .isInstanceOf(InputException.class)
                .hasMessage("the run needs 1.20 GB for keys and values and 30.0 MB for activations,"
                        + " and the machine has 800.0 MB");
    }

    @Test
    void repackedWeightsLieInMemoryOutsideTheHeap() {
        MemoryEstimate estimate = new MemoryEstimate(5_000_000_000L, 4_000_000_000L, 1_200_000_000, 30_000_000);
        assertThatCode(() -> estimate.requireFits(1_230_000_000, 5_230_000_000L))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> estimate.requireFits(1_230_000_000, 5_000_000_000L))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("the run needs 4.00 GB to repack weights, beside 1.23 GB");
    }

    @Test
    void readsWhatTheMachineHas(@TempDir Path folder) throws IOException {
        Path meminfo = Files.writeString(
                folder.resolve("meminfo"), "MemTotal:  24000000 kB\nMemFree: 1 kB\nMemAvailable:    1000 kB\n");
        assertThat(AvailableMemory.ofMachine(meminfo)).isEqualTo(1_024_000);
        assertThat(AvailableMemory.ofMachine(folder.resolve("none"))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void readsWhatTheContainerHasLeft(@TempDir Path folder) throws IOException {
        assertThat(AvailableMemory.ofContainer(folder)).isEqualTo(Long.MAX_VALUE);
        Files.writeString(folder.resolve("memory.max"), "max\n");
        Files.writeString(folder.resolve("memory.current"), "100\n");
        assertThat(AvailableMemory.ofContainer(folder)).isEqualTo(Long.MAX_VALUE);
        Files.writeString(folder.resolve("memory.max"), "150\n");
        assertThat(AvailableMemory.ofContainer(folder)).isEqualTo(50);
    }
}
