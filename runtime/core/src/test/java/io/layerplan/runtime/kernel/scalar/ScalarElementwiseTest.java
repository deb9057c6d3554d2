package io.layerplan.runtime.kernel.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScalarElementwiseTest {
    private static final float[] A = {9, 1, 2, 3};
    private static final float[] B = {4, 5, 6, 9};

    @Test
    void multiplies() {
        float[] y = new float[5];
        ScalarElementwise.multiply(A, 1, B, 0, 3, y, 2);
        assertThat(y).containsExactly(0, 0, 4, 10, 18);
    }

    @Test
    void adds() {
        float[] y = new float[3];
        ScalarElementwise.add(A, 1, B, 0, 3, y, 0);
        assertThat(y).containsExactly(5, 7, 9);
    }

    @Test
    void scalesAndAccumulates() {
        float[] y = new float[3];
        ScalarElementwise.scale(2, A, 1, 3, y, 0);
        ScalarElementwise.addScaled(-1, B, 0, 3, y, 0);
        assertThat(y).containsExactly(-2, -1, 0);
    }
}
