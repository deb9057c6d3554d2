package io.layerplan.runtime.kernel.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScalarRmsNormTest {
    @Test
    void dividesByTheRootOfTheMeanSquare() {
        float[] y = new float[4];
        ScalarRmsNorm.normalize(new float[] {9, 3, 4}, 1, new float[] {1, 2}, 0, 2, y, 2);
        float rms = (float) Math.sqrt(12.5);
        assertThat(y).containsExactly(new float[] {0, 0, 3 / rms, 8 / rms}, within(1e-6f));
    }

    @Test
    void epsilonKeepsAZeroRowFinite() {
        float[] x = new float[8];
        ScalarRmsNorm.normalize(x, 0, new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 1e-6f, 8, x, 0);
        assertThat(x).containsOnly(0);
    }

    @Test
    void normalisesEachGroupByItself() {
        float[] y = new float[4];
        ScalarRmsNorm.normalizeGroups(new float[] {5, 5, -0.25f, 0.25f}, 0, new float[] {1, 3}, 0, 2, y, 0);
        assertThat(y).containsExactly(new float[] {1, 3, -1, 3}, within(1e-6f));
    }
}
