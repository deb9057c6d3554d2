package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.cpu.TinyDecoder;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.ElementType;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attention over contexts of many tiles, whole and cut into spans that are workgroups of their own.
@Tag("device")
class DeviceAttentionTest {
    private static final int CONTEXT = 500;
    private static final Heads HEADS = new Heads(4, 2, 16, 0.25);

    /// Of the logits, which are about 1: sums of 32-bit floats in another order.
    private static final float TOLERANCE = 5e-5f;

    /// Positions before, at and beyond the borders of tiles and spans.
    @ParameterizedTest
    @ValueSource(strings = {"processor", "gpu"})
    void longContextsAreThoseOfTheProcessor(String groups) {
        Devices.require();
        TinyDecoder decoder = new TinyDecoder(ElementType.F32, 2, 64, 96, HEADS, NumericMode.F32, true);
        try (var _ = Devices.groups(groups);
                Executor device = Devices.open(decoder.program(), decoder.weights()::get, CONTEXT, 32);
                Executor cpu =
                        new CpuExecutor(decoder.program(), decoder.weights()::get, new CpuOptions(1, CONTEXT, 32))) {
            for (int count : new int[] {1, 1, 61, 1, 1, 1, 64, 126, 1, 1, 130, 1, 100, 1}) {
                int[] tokens =
                        new Random(count).ints(count, 0, TinyDecoder.VOCABULARY).toArray();
                assertThat(device.forward(tokens, 1))
                        .as("%d tokens after %d", count, cpu.length())
                        .containsExactly(cpu.forward(tokens, 1), within(TOLERANCE));
            }
        }
    }
}
