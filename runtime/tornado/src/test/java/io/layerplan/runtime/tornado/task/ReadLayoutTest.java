package io.layerplan.runtime.tornado.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadLayoutTest {
    private static final List<GroupShape> SHAPES = List.of(GroupShape.processor(3), GroupShape.gpu(4));

    @ParameterizedTest
    @ValueSource(longs = {1, 5_000, 1_900_000, 1L << 28})
    void isAsLargeAsAskedForButForAPiece(long words) {
        for (GroupShape shape : SHAPES) {
            ReadLayout layout = ReadLayout.of(words, shape);
            assertThat(Math.abs(layout.words() - words)).isLessThan(layout.piece());
        }
    }

    /// Every word once, as the kernel goes through them.
    @ParameterizedTest
    @ValueSource(longs = {1, 200_000})
    void readsEveryWordOnce(long words) {
        for (GroupShape shape : SHAPES) {
            ReadLayout layout = ReadLayout.of(words, shape);
            int[] reads = new int[layout.words()];
            for (int group = 0; group < layout.groups(); group++) {
                for (int lane = 0; lane < layout.lanes(); lane++) {
                    int sum = 0;
                    int first = group * layout.piece() + lane;
                    for (int i = first; i < first + layout.piece(); i += ReadLayout.WORDS * layout.lanes()) {
                        for (int word = 0; word < ReadLayout.WORDS; word++) {
                            reads[i + word * layout.lanes()]++;
                            sum++;
                        }
                    }
                    assertThat(sum).isEqualTo(layout.sumOfOnes());
                }
            }
            assertThat(reads).containsOnly(1);
        }
    }
}
