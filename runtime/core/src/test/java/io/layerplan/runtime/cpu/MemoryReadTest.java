package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.scalar.ScalarRowKernels;
import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryReadTest {
    /// Bytes a second that every machine reads with; ten thousand GB are more than any does.
    private static final double LEAST = 1e6;

    private static final double MOST = 1e13;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everyNumberOfThreadsReads(int threads) {
        for (RowKernels kernels : List.of(new ScalarRowKernels(), new VectorRowKernels())) {
            assertThat(MemoryRead.bytesPerSecond(kernels, 3 << 20, threads)).isBetween(LEAST, MOST);
        }
    }

    @Test
    void littleMemoryIsReadToo() {
        assertThat(MemoryRead.bytesPerSecond(new VectorRowKernels(), 1, 2)).isBetween(LEAST, MOST);
    }

    @Test
    void theProcessorIsABackendThatReads() {
        CpuBackend backend = new CpuBackend();
        assertThat(backend.readSpeed(0, 1 << 20, 1).orElseThrow()).isBetween(LEAST, MOST);
        assertThatThrownBy(() -> backend.readSpeed(1, 1 << 20, 1)).isInstanceOf(InputException.class);
    }
}
