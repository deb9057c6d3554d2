package io.layerplan.runtime.kernel.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarQuantizeActivationsTest {
    @Test
    void roundsHalvesToEven() {
        float[] x = {127, 0.5f, 1.5f, -2.5f, -127};
        byte[] codes = new byte[5];
        float[] scales = new float[1];
        ScalarQuantizeActivations.quantize(x, 0, 5, codes, 0, scales, 0);
        assertThat(codes).containsExactly(127, 0, 2, -2, -127);
        assertThat(scales).containsExactly(1);
    }

    @Test
    void isWithinHalfAScale() {
        Random random = new Random(5);
        float[] x = new float[77];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        byte[] codes = new byte[77];
        float[] scales = new float[3];
        ScalarQuantizeActivations.quantize(x, 0, 77, codes, 0, scales, 0);
        for (int i = 0; i < x.length; i++) {
            float scale = scales[i / 32];
            assertThat(Math.abs(x[i] - codes[i] * scale)).isLessThanOrEqualTo(scale * 0.50001f);
        }
    }

    @Test
    void zerosAndTheVerySmallBecomeZeros() {
        float[] x = {1e-40f, -1e-38f};
        byte[] codes = {1, 1};
        float[] scales = {1};
        ScalarQuantizeActivations.quantize(x, 0, 2, codes, 0, scales, 0);
        assertThat(codes).containsOnly(0);
        assertThat(scales).containsExactly(0);
    }
}
