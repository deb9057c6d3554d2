package io.layerplan.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.kernel.vector.VectorOptions;
import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Products of every implementation and weight format against the definition.
class MatrixKernelTest {
    private static final int ROWS = 55;
    private static final RowKernels OF_NORMAL_FLOATS = new VectorRowKernels(new VectorOptions(true, true, false));

    static Stream<Arguments> kernelsAndTypes() {
        return Stream.concat(
                KernelFixtures.implementations()
                        .flatMap(kernels -> Stream.of(ElementType.values()).map(type -> Arguments.of(kernels, type))),
                Stream.of(Arguments.of(OF_NORMAL_FLOATS, ElementType.F16)));
    }

    private static List<Integer> columns(ElementType type) {
        return KernelFixtures.SIZES.stream()
                .filter(size -> size % type.blockElements() == 0)
                .toList();
    }

    private static Matrix weight(ElementType type, int columns) {
        return RandomWeights.matrix("w", type, ROWS, columns, 1 / Math.sqrt(columns), new Random(columns));
    }

    /// The launcher leaves these checks out, which is safe as long as the tests of all kernels run with them.
    @Test
    void everyVectorAccessIsCheckedHere() {
        assertThat(System.getProperty("jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK", "2"))
                .isEqualTo("2");
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("kernelsAndTypes")
    void multipliesOneToken(RowKernels kernels, ElementType type) {
        for (int columns : columns(type)) {
            Matrix weight = weight(type, columns);
            float[] x = KernelFixtures.random(columns + 3, 1);
            float[] expected = new float[ROWS + 2];
            float[] actual = new float[ROWS + 2];
            KernelFixtures.DEFINITION.matrix(weight).multiply(2, ROWS - 1, x, 3, expected, 2, new Scratch());
            kernels.matrix(weight).multiply(2, ROWS - 1, x, 3, actual, 2, new Scratch());
            KernelFixtures.assertClose(actual, expected, tolerance(columns), columns + " columns");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("kernelsAndTypes")
    void anElementIsTheSameInEveryRangeOfRows(RowKernels kernels, ElementType type) {
        for (int columns : columns(type)) {
            float[] x = KernelFixtures.random(columns, 2);
            MatrixKernel matrix = kernels.matrix(weight(type, columns));
            float[] whole = new float[ROWS];
            matrix.multiply(0, ROWS, x, 0, whole, 0, new Scratch());
            for (int rows : new int[] {1, 7, 8, 13}) {
                float[] parts = new float[ROWS];
                for (int from = 0; from < ROWS; from += rows) {
                    matrix.multiply(from, Math.min(ROWS, from + rows), x, 0, parts, 0, new Scratch());
                }
                assertThat(parts).isEqualTo(whole);
            }
        }
    }

    /// Their activations do not stay in the nearest cache, which kernels may have to heed.
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("kernelsAndTypes")
    void multipliesLongRows(RowKernels kernels, ElementType type) {
        int columns = 8192 + (type.blockElements() == 1 ? 83 : type.blockElements());
        Matrix weight = weight(type, columns);
        float[] x = KernelFixtures.random(columns, 4);
        float[] expected = new float[ROWS];
        float[] actual = new float[ROWS];
        KernelFixtures.DEFINITION.matrix(weight).multiply(0, ROWS, x, 0, expected, 0, new Scratch());
        kernels.matrix(weight).multiply(0, ROWS, x, 0, actual, 0, new Scratch());
        KernelFixtures.assertClose(actual, expected, tolerance(columns), columns + " columns");
        float[] few = new float[ROWS];
        for (int from = 0; from < ROWS; from += 11) {
            kernels.matrix(weight).multiply(from, from + 11, x, 0, few, 0, new Scratch());
        }
        assertThat(few).isEqualTo(actual);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("kernelsAndTypes")
    void multipliesManyTokens(RowKernels kernels, ElementType type) {
        for (int columns : columns(type)) {
            Matrix weight = weight(type, columns);
            for (int tokens : new int[] {1, 47, 83}) {
                float[] expected = packed(KernelFixtures.DEFINITION, weight, tokens, 2, ROWS - 1);
                float[] actual = packed(kernels, weight, tokens, 2, ROWS - 1);
                String what = "%d columns, %d tokens".formatted(columns, tokens);
                KernelFixtures.assertClose(actual, expected, tolerance(columns), what);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("kernelsAndTypes")
    void anElementIsTheSameInEveryTile(RowKernels kernels, ElementType type) {
        Matrix weight = weight(type, 512);
        float[] whole = packed(kernels, weight, 83, 0, ROWS);
        for (int tokens : new int[] {1, 9, 40}) {
            float[] fewer = packed(kernels, weight, tokens, 0, ROWS);
            assertThat(Arrays.copyOf(whole, fewer.length)).isEqualTo(fewer);
        }
        float[] rows = packed(kernels, weight, 83, 5, 18);
        for (int t = 0; t < 83; t++) {
            for (int r = 5; r < 18; r++) {
                int at = t * (ROWS + 1) + r;
                assertThat(rows[at]).isEqualTo(whole[at]);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("kernelsAndTypes")
    void decodesRows(RowKernels kernels, ElementType type) {
        for (int columns : columns(type)) {
            Matrix weight = weight(type, columns);
            float[] expected = new float[columns + 5];
            float[] actual = new float[columns + 5];
            for (int row : new int[] {0, ROWS - 1}) {
                KernelFixtures.DEFINITION.matrix(weight).decode(row, expected, 3, new Scratch());
                kernels.matrix(weight).decode(row, actual, 3, new Scratch());
                KernelFixtures.assertClose(actual, expected, 1e-6, columns + " columns");
            }
        }
    }

    /// Packs random tokens and multiplies them; rows of the result are one element longer than needed.
    private static float[] packed(RowKernels kernels, Matrix weight, int tokens, int from, int to) {
        int columns = weight.columns();
        float[] x = KernelFixtures.random(83 * (columns + 1), 3);
        MatrixKernel matrix = kernels.matrix(weight);
        float[] panels = KernelFixtures.packed(kernels, x, columns + 1, tokens, columns, 7);
        float[] y = new float[tokens * (ROWS + 1)];
        matrix.multiplyPacked(from, to, panels, 7, tokens, y, 0, ROWS + 1, new Scratch());
        return y;
    }

    /// Each finite half, subnormal ones too, in a row by itself; powers of two from the least to the greatest, so that
    /// products are as exact as floats can be.
    @ParameterizedTest
    @MethodSource("kernelsOfHalves")
    void multipliesEveryHalfExactly(RowKernels kernels) {
        int columns = 35;
        float[] values = new float[(1 << 16) * columns];
        for (int i = 0; i < 1 << 16; i++) {
            float value = Float.float16ToFloat((short) i);
            values[i * columns + i % columns] = Float.isFinite(value) ? value : 0;
        }
        Matrix weight = RandomWeights.matrix("w", ElementType.F16, 1 << 16, columns, values);
        for (int exponent : new int[] {-120, -20, 0, 14, 15, 16, 60, 127}) {
            float[] x = new float[columns];
            Arrays.fill(x, Math.scalb(1f, exponent));
            float[] y = new float[1 << 16];
            kernels.matrix(weight).multiply(0, y.length, x, 0, y, 0, new Scratch());
            for (int i = 0; i < y.length; i++) {
                if (y[i] != values[i * columns + i % columns] * x[0]) {
                    throw new AssertionError("half %04x times 2^%d is not %s".formatted(i, exponent, y[i]));
                }
            }
        }
    }

    static Stream<RowKernels> kernelsOfHalves() {
        return Stream.concat(KernelFixtures.implementations(), Stream.of(OF_NORMAL_FLOATS));
    }

    /// They stay what they are, in whatever column.
    @ParameterizedTest
    @MethodSource("kernelsOfHalves")
    void infiniteActivationsGiveInfiniteProducts(RowKernels kernels) {
        float[] values = new float[4 * 19];
        Arrays.fill(values, 0.5f);
        Matrix weight = RandomWeights.matrix("w", ElementType.F16, 4, 19, values);
        for (int column : new int[] {0, 18}) {
            float[] x = KernelFixtures.random(19, 5);
            x[column] = Float.POSITIVE_INFINITY;
            float[] y = new float[4];
            kernels.matrix(weight).multiply(0, 4, x, 0, y, 0, new Scratch());
            assertThat(y).containsOnly(Float.POSITIVE_INFINITY);
        }
    }

    private static double tolerance(int columns) {
        return 2e-6 * Math.sqrt(columns);
    }
}
