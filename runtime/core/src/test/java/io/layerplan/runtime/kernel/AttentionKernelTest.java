package io.layerplan.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.kernel.scalar.ScalarAttention;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.KeyValueFormat;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against [ScalarAttention], which knows neither blocks nor parts.
class AttentionKernelTest {
    private static final int KEY_HEADS = 2;
    private static final int HEAD = 1;
    private static final int POSITIONS = 330;
    private static final int MOST_TOKENS = 50;

    static Object[] implementations() {
        return KernelFixtures.implementations().toArray();
    }

    /// Keys and values of random positions, as rows and in blocks.
    private static final class Store {
        private final int size;
        private final float[] keys;
        private final float[] values;
        private final KeyValueBlocks blocks;

        private Store(int size) {
            this(size, KeyValueFormat.F32);
        }

        private Store(int size, KeyValueFormat format) {
            int width = KEY_HEADS * size;
            this.size = size;
            this.keys = KernelFixtures.random(POSITIONS * width, 1);
            this.values = KernelFixtures.random(POSITIONS * width, 2);
            this.blocks = new KeyValueBlocks(KEY_HEADS, size, format);
            blocks.reserve(POSITIONS);
            for (int p = 0; p < POSITIONS; p++) {
                blocks.writeKeys(p, 0, width, keys, p * width);
                blocks.writeValues(p, 0, width, values, p * width);
            }
            for (int i = 0; i < keys.length; i++) {
                keys[i] = format.stored(keys[i]);
                values[i] = format.stored(values[i]);
            }
        }

        float scale() {
            return (float) (1 / Math.sqrt(size));
        }
    }

    /// Queries of `tokens` tokens, `heads` heads each, with something between them.
    private static QueryRows queries(int size, int tokens, int heads, int seed) {
        int stride = heads * size + 5;
        return new QueryRows(KernelFixtures.random(MOST_TOKENS * stride, seed), 3, stride, tokens, heads);
    }

    /// Rows of `size` elements, one for each of the queries.
    private static float[] expected(Store store, QueryRows queries, int position, int window) {
        int size = store.size;
        float[] y = new float[queries.count() * size];
        Heads heads = new Heads(1, 1, size, store.scale());
        int stride = KEY_HEADS * size;
        for (int row = 0; row < queries.count(); row++) {
            int token = position + queries.token(row);
            int from = ScalarAttention.firstVisible(token, window);
            int query = queries.offset(row, size);
            int first = from * stride + HEAD * size;
            int count = token + 1 - from;
            ScalarAttention.attendHead(
                    queries.x(), query, heads, store.keys, store.values, first, stride, count, y, row * size);
        }
        return y;
    }

    /// Span after span into the same rows.
    private static PartialAttention parts(
            RowKernels kernels, Store store, QueryRows queries, int position, int window, int span) {
        PartialAttention y = new PartialAttention();
        y.reserve(queries.count() + 1, store.blocks.valueStride());
        Scratch scratch = new Scratch();
        int end = position + queries.tokens();
        for (int from = 0; from < end; from += span) {
            kernels.attend(
                    queries, position, store.blocks, HEAD, from, from + span, window, store.scale(), y, 1, scratch);
        }
        return y;
    }

    private static float[] result(PartialAttention parts, int firstRow, int rows, int size) {
        float[] y = new float[rows * size];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                y[row * size + i] = parts.values()[parts.offset(firstRow + row) + i] / parts.total(firstRow + row);
            }
        }
        return y;
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void agreesWithTheDefinition(RowKernels kernels) {
        for (int size : new int[] {1, 7, 13, 32, 33, 64, 80, 256}) {
            Store store = new Store(size);
            for (int window : new int[] {0, 1, 64, 100}) {
                for (int position : new int[] {0, 63, 64, 150, 280}) {
                    for (int tokens : new int[] {1, 2, 6, 8, MOST_TOKENS}) {
                        for (int heads : new int[] {1, 3, 4}) {
                            QueryRows queries = queries(size, tokens, heads, 9);
                            String what = "size %d, window %d, %d tokens of %d heads from %d"
                                    .formatted(size, window, tokens, heads, position);
                            PartialAttention parts = parts(kernels, store, queries, position, window, 128);
                            KernelFixtures.assertClose(
                                    result(parts, 1, queries.count(), size),
                                    expected(store, queries, position, window),
                                    1e-5,
                                    what);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void agreesWithTheDefinitionInSpansOfAnyLength(RowKernels kernels) {
        Store store = new Store(33);
        QueryRows queries = queries(33, 7, 4, 9);
        for (int span : new int[] {64, 192, 256, 1024}) {
            for (int window : new int[] {0, 90}) {
                KernelFixtures.assertClose(
                        result(parts(kernels, store, queries, 321, window, span), 1, queries.count(), 33),
                        expected(store, queries, 321, window),
                        1e-5,
                        "span %d, window %d".formatted(span, window));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void agreesWithTheDefinitionOnRoundedKeysAndValues(RowKernels kernels) {
        for (int size : new int[] {1, 7, 33, 64, 256}) {
            Store store = new Store(size, KeyValueFormat.F16);
            for (int window : new int[] {0, 100}) {
                for (int tokens : new int[] {1, 7}) {
                    QueryRows queries = queries(size, tokens, 4, 9);
                    KernelFixtures.assertClose(
                            result(parts(kernels, store, queries, 300, window, 128), 1, queries.count(), size),
                            expected(store, queries, 300, window),
                            1e-5,
                            "size %d, window %d, %d tokens".formatted(size, window, tokens));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void partsThatAreMergedAreThoseThatWereAdded(RowKernels kernels) {
        for (int size : new int[] {7, 33, 64}) {
            Store store = new Store(size);
            QueryRows queries = queries(size, 5, 3, 9);
            int rows = queries.count();
            for (int window : new int[] {0, 100}) {
                PartialAttention apart = new PartialAttention();
                apart.reserve(3 * rows, store.blocks.valueStride());
                for (int span : new int[] {2, 0, 1}) {
                    kernels.attend(
                            queries,
                            300,
                            store.blocks,
                            HEAD,
                            128 * span,
                            128 * span + 128,
                            window,
                            store.scale(),
                            apart,
                            span * rows,
                            new Scratch());
                }
                kernels.merge(apart, rows, apart, 0, rows, size);
                kernels.merge(apart, 2 * rows, apart, 0, rows, size);
                assertThat(result(apart, 0, rows, size))
                        .isEqualTo(result(parts(kernels, store, queries, 300, window, 128), 1, rows, size));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void aRowIsTheSameAloneAndAmongOthers(RowKernels kernels) {
        int size = 64;
        Store store = new Store(size);
        QueryRows all = queries(size, MOST_TOKENS, 4, 9);
        for (int window : new int[] {0, 9, 100}) {
            float[] together = result(parts(kernels, store, all, 200, window, 128), 1, all.count(), size);
            for (int row = 0; row < all.count(); row++) {
                QueryRows one = new QueryRows(all.x(), all.offset(row, size), 0, 1, 1);
                float[] alone = result(parts(kernels, store, one, 200 + all.token(row), window, 128), 1, 1, size);
                assertThat(alone)
                        .as("row %d, window %d", row, window)
                        .isEqualTo(Arrays.copyOfRange(together, row * size, row * size + size));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void largeScoresDoNotOverflow(RowKernels kernels) {
        KeyValueBlocks blocks = new KeyValueBlocks(1, 4, KeyValueFormat.F32);
        blocks.reserve(66);
        for (int p = 0; p < 66; p++) {
            blocks.writeKeys(p, 0, 4, new float[] {1000 * p, 0, 0, 0}, 0);
            blocks.writeValues(p, 0, 4, new float[] {p, -p, 0, 1}, 0);
        }
        QueryRows queries = new QueryRows(new float[] {1000, 0, 0, 0}, 0, 4, 1, 1);
        PartialAttention y = new PartialAttention();
        y.reserve(1, blocks.valueStride());
        for (int from = 0; from < 128; from += 64) {
            kernels.attend(queries, 65, blocks, 0, from, from + 64, 0, 1, y, 0, new Scratch());
        }
        assertThat(result(y, 0, 1, 4)).containsExactly(65, -65, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void whatWasWrittenAfterThePositionIsNotSeen(RowKernels kernels) {
        Store store = new Store(16);
        QueryRows queries = queries(16, 1, 2, 9);
        float[] before = result(parts(kernels, store, queries, 170, 0, 128), 1, 2, 16);
        for (int p = 171; p < POSITIONS; p++) {
            float[] row = KernelFixtures.random(2 * 16, 1000 + p);
            store.blocks.writeKeys(p, 0, 32, row, 0);
            store.blocks.writeValues(p, 0, 32, row, 0);
        }
        assertThat(result(parts(kernels, store, queries, 170, 0, 128), 1, 2, 16))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void aSpanThatNoRowSeesAddsNothing(RowKernels kernels) {
        Store store = new Store(16);
        QueryRows queries = queries(16, 3, 2, 9);
        PartialAttention y = new PartialAttention();
        y.reserve(queries.count(), store.blocks.valueStride());
        kernels.attend(queries, 200, store.blocks, HEAD, 0, 128, 50, store.scale(), y, 0, new Scratch());
        kernels.attend(queries, 100, store.blocks, HEAD, 128, 256, 0, store.scale(), y, 0, new Scratch());
        for (int row = 0; row < queries.count(); row++) {
            assertThat(y.total(row)).isZero();
        }
    }
}
