package io.layerplan.runtime.kernel.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.program.Rope.Pairing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalarRopeTest {
    private static final float[] HEAD = {1, 2, 3, 4, 5, 6};

    @Test
    void turnsNeighboursTogether() {
        Rope rope = new Rope(Pairing.ADJACENT, 4, 100, 1, -1);
        assertThat(rotate(rope, null, 3)).containsExactly(expected(0, 1, 2, 3, 3, 0.3), within(1e-6f));
    }

    @Test
    void turnsHalvesTogetherAndLeavesTheRest() {
        Rope rope = new Rope(Pairing.HALVES, 4, 100, 1, -1);
        assertThat(rotate(rope, null, 3)).containsExactly(expected(0, 2, 1, 3, 3, 0.3), within(1e-6f));
    }

    @Test
    void scaleAndFactorsDivideTheAngle() {
        Rope rope = new Rope(Pairing.HALVES, 4, 100, 2, 7);
        assertThat(rotate(rope, new float[] {1, 5}, 4)).containsExactly(expected(0, 2, 1, 3, 2, 0.04), within(1e-6f));
    }

    @Test
    void positionZeroChangesNothing() {
        assertThat(rotate(new Rope(Pairing.ADJACENT, 6, 10000, 1, -1), null, 0)).containsExactly(HEAD);
    }

    private static float[] rotate(Rope rope, float @Nullable [] factors, int position) {
        float[] y = new float[6];
        ScalarRope.rotate(HEAD, 0, 1, 6, rope, factors, position, y, 0);
        return y;
    }

    private static float[] expected(int a, int b, int c, int d, double first, double second) {
        float[] y = HEAD.clone();
        y[a] = (float) (HEAD[a] * Math.cos(first) - HEAD[b] * Math.sin(first));
        y[b] = (float) (HEAD[a] * Math.sin(first) + HEAD[b] * Math.cos(first));
        y[c] = (float) (HEAD[c] * Math.cos(second) - HEAD[d] * Math.sin(second));
        y[d] = (float) (HEAD[c] * Math.sin(second) + HEAD[d] * Math.cos(second));
        return y;
    }
}
