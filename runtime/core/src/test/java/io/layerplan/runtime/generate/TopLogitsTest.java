package io.layerplan.runtime.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopLogitsTest {
    @Test
    void putsTheLowerIdOfEqualsFirst() {
        assertThat(TopLogits.of(new float[] {0f, 2f, -0f, 2f, -1f}, 4)).containsExactly(1, 3, 0, 2);
    }

    @Test
    void takesNoMoreThanThereAre() {
        assertThat(TopLogits.of(new float[] {1f, Float.NEGATIVE_INFINITY, 3f}, 9))
                .containsExactly(2, 0, 1);
        assertThat(TopLogits.of(new float[] {1f}, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 33, 256, 999, 1000})
    void equalsTheBeginningOfASort(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[] logits = new float[1000];
        for (int id = 0; id < logits.length; id++) {
            logits[id] = random.nextInt(-300, 300) / 7f;
        }

        assertThat(TopLogits.of(logits, count))
                .containsExactly(IntStream.range(0, logits.length)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingDouble(id -> -logits[id]))
                        .limit(count)
                        .mapToInt(Integer::intValue)
                        .toArray());
    }
}
