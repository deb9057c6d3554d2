package io.layerplan.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionKernelTest {
    private static final int HEADS = 2;
    private static final int QUERY_STRIDE = 300;
    private static final float[] QUERIES = KernelFixtures.random(300 * QUERY_STRIDE, 9);

    static Object[] implementations() {
        return KernelFixtures.implementations().toArray();
    }

    private static KeyValueBlocks blocks(int size, int positions) {
        KeyValueBlocks blocks = new KeyValueBlocks(HEADS, size);
        blocks.reserve(positions);
        for (int p = 0; p < positions; p++) {
            float[] row = KernelFixtures.random(2 * HEADS * size, p);
            blocks.writeKeys(p, 0, HEADS * size, row, 0);
            blocks.writeValues(p, 0, HEADS * size, row, HEADS * size);
        }
        return blocks;
    }

    private static float[] attend(RowKernels kernels, KeyValueBlocks blocks, int tokens, int position, int window) {
        float[] y = new float[tokens * QUERY_STRIDE];
        int first = position * QUERY_STRIDE;
        float scale = (float) (1 / Math.sqrt(blocks.headSize()));
        kernels.attend(
                QUERIES,
                first,
                QUERY_STRIDE,
                tokens,
                position,
                blocks,
                1,
                window,
                scale,
                y,
                2,
                QUERY_STRIDE,
                new Scratch());
        return y;
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void agreesWithTheDefinition(RowKernels kernels) {
        for (int size : new int[] {1, 7, 13, 32, 33, 64, 80, 256}) {
            KeyValueBlocks blocks = blocks(size, 200);
            for (int window : new int[] {0, 1, 64, 100}) {
                for (int position : new int[] {0, 63, 64, 150}) {
                    for (int tokens : new int[] {1, 6, 8, 50}) {
                        KernelFixtures.assertClose(
                                attend(kernels, blocks, tokens, position, window),
                                attend(KernelFixtures.DEFINITION, blocks, tokens, position, window),
                                1e-5,
                                "size %d, window %d, %d tokens from %d".formatted(size, window, tokens, position));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void aTokenIsTheSameAloneAndAmongOthers(RowKernels kernels) {
        KeyValueBlocks blocks = blocks(64, 200);
        for (int window : new int[] {0, 9, 100}) {
            float[] together = attend(kernels, blocks, 50, 100, window);
            for (int t = 0; t < 50; t++) {
                float[] alone = attend(kernels, blocks, 1, 100 + t, window);
                for (int i = 2; i < 66; i++) {
                    assertThat(alone[i]).isEqualTo(together[t * QUERY_STRIDE + i]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void theResultMayReplaceTheQueries(RowKernels kernels) {
        for (int size : new int[] {7, 32, 80}) {
            KeyValueBlocks blocks = blocks(size, 200);
            float[] apart = attend(kernels, blocks, 50, 100, 0);
            float[] queries = Arrays.copyOfRange(QUERIES, 100 * QUERY_STRIDE, 150 * QUERY_STRIDE);
            float scale = (float) (1 / Math.sqrt(size));
            kernels.attend(
                    queries, 0, QUERY_STRIDE, 50, 100, blocks, 1, 0, scale, queries, 0, QUERY_STRIDE, new Scratch());
            for (int t = 0; t < 50; t++) {
                for (int i = 0; i < size; i++) {
                    assertThat(queries[t * QUERY_STRIDE + i]).isEqualTo(apart[t * QUERY_STRIDE + 2 + i]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void largeScoresDoNotOverflow(RowKernels kernels) {
        KeyValueBlocks blocks = new KeyValueBlocks(1, 4);
        blocks.reserve(3);
        for (int p = 0; p < 3; p++) {
            blocks.writeKeys(p, 0, 4, new float[] {1000 * p, 0, 0, 0}, 0);
            blocks.writeValues(p, 0, 4, new float[] {p, -p, 0, 1}, 0);
        }
        float[] y = new float[4];
        kernels.attend(new float[] {1000, 0, 0, 0}, 0, 4, 1, 2, blocks, 0, 0, 1, y, 0, 4, new Scratch());
        assertThat(y).containsExactly(2, -2, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void whatWasWrittenAfterThePositionIsNotSeen(RowKernels kernels) {
        KeyValueBlocks blocks = blocks(16, 100);
        float[] before = attend(kernels, blocks, 1, 70, 0);
        for (int p = 71; p < 100; p++) {
            float[] row = KernelFixtures.random(2 * 16, 1000 + p);
            blocks.writeKeys(p, 0, 32, row, 0);
            blocks.writeValues(p, 0, 32, row, 0);
        }
        assertThat(attend(kernels, blocks, 1, 70, 0)).isEqualTo(before);
    }
}
