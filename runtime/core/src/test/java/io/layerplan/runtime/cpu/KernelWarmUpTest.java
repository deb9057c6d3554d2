package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.cpu.weight.Weights;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.scalar.ScalarRowKernels;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.ElementType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelWarmUpTest {
    private static final Heads HEADS = new Heads(8, 2, 32, 0.25);

    private static TinyDecoder decoder(ElementType type) {
        return new TinyDecoder(type, 2, 256, 256, HEADS, NumericMode.F32, true);
    }

    @Test
    void isLeftOutWhereTheJvmWasNotStartedForIt() {
        assertThat(KernelWarmUp.isWanted(new ScalarRowKernels(), 1)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void leavesTheWeightsOfEveryFormatAsTheyAre(ElementType type) {
        TinyDecoder decoder = decoder(type);
        RowKernels kernels = KernelSelection.choose(true);
        float[] before = logits(decoder, kernels);
        for (KeyValueFormat kv : KeyValueFormat.values()) {
            Weights weights = new Weights(decoder.program(), decoder.weights()::get, kernels);
            KernelWarmUp.run(decoder.program(), weights, kernels, kv, 1);
            KernelWarmUp.run(decoder.program(), weights, kernels, kv, 100);
        }
        assertThat(logits(decoder, kernels)).isEqualTo(before);
        assertThat(Arrays.stream(toDoubles(before))).allMatch(Double::isFinite);
    }

    private static double[] toDoubles(float[] x) {
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> x[i]);
        return y;
    }

    private static float[] logits(TinyDecoder decoder, RowKernels kernels) {
        CpuOptions options = new CpuOptions(1, 16, 16);
        try (CpuExecutor executor = new CpuExecutor(decoder.program(), decoder.weights()::get, options, kernels)) {
            return executor.forward(new int[] {3, 1, 4}, 1);
        }
    }
}
