package io.layerplan.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.kernel.scalar.ScalarDequantize;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizeTest {
    @ParameterizedTest
    @EnumSource
    void keepsValuesWithinAStepOfTheFormat(ElementType type) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[1024];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        values[3] = 0;
        float[] decoded = ScalarDequantize.row(RandomWeights.matrix("x", type, 1, 1024, values), 0);
        assertThat(decoded).containsExactly(values, within(step(type)));
    }

    @ParameterizedTest
    @EnumSource
    void keepsZeros(ElementType type) {
        Matrix zeros = RandomWeights.matrix("zeros", type, 2, 256, new float[512]);
        assertThat(ScalarDequantize.row(zeros, 1)).containsExactly(new float[256], within(0f));
    }

    /// Most that values between -1 and 1 may be off: about the width of a code.
    private static float step(ElementType type) {
        return switch (type) {
            case F32 -> 0;
            case F16 -> 0.0005f;
            case BF16 -> 0.004f;
            case Q8_0 -> 0.005f;
            case Q6_K -> 0.04f;
            case Q5_0, Q5_1, Q5_K -> 0.08f;
            case Q4_0, Q4_1, Q4_K -> 0.15f;
        };
    }
}
