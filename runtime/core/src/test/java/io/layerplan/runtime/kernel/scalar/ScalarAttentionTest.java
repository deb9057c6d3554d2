package io.layerplan.runtime.kernel.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.program.Heads;
import org.junit.jupiter.api.Test;

class ScalarAttentionTest {
    @Test
    void onePositionReturnsItsValue() {
        float[] y = new float[2];
        ScalarAttention.attend(
                new float[] {3, -1}, 0, new Heads(1, 1, 2, 0.7), new float[] {5, 5}, new float[] {8, 9}, 0, 1, y, 0);
        assertThat(y).containsExactly(8, 9);
    }

    @Test
    void weighsPositionsBySoftmax() {
        float[] keys = {0, (float) Math.log(3)};
        float[] y = new float[1];
        ScalarAttention.attend(new float[] {2}, 0, new Heads(1, 1, 1, 0.5), keys, new float[] {4, 8}, 0, 2, y, 0);
        assertThat(y).containsExactly(new float[] {7}, within(1e-6f));
    }

    @Test
    void largeScoresDoNotOverflow() {
        float[] y = new float[1];
        ScalarAttention.attend(
                new float[] {1e4f}, 0, new Heads(1, 1, 1, 1), new float[] {1, 2}, new float[] {4, 8}, 0, 2, y, 0);
        assertThat(y).containsExactly(8);
    }

    @Test
    void queryHeadsShareAKeyValueHeadInOrder() {
        Heads heads = new Heads(4, 2, 1, 1);
        float[] y = new float[4];
        ScalarAttention.attend(new float[4], 0, heads, new float[4], new float[] {1, 10, 3, 30}, 0, 2, y, 0);
        assertThat(y).containsExactly(2, 2, 20, 20);
    }

    @Test
    void aWindowEndsAtThePositionItself() {
        assertThat(ScalarAttention.firstVisible(5, 0)).isZero();
        assertThat(ScalarAttention.firstVisible(5, 2)).isEqualTo(4);
        assertThat(ScalarAttention.firstVisible(5, 6)).isZero();
        assertThat(ScalarAttention.firstVisible(5, 9)).isZero();
    }
}
