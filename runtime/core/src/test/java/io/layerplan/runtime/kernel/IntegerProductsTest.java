package io.layerplan.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Products of integers, with weights in groups of rows, against the definition: products of floats with activations
/// that went through 8-bit integers.
class IntegerProductsTest {
    private static final RowKernels KERNELS = new VectorRowKernels();
    private static final int ROWS = 119;
    private static final int TOKENS = 23;

    static Stream<ElementType> types() {
        return Stream.of(ElementType.values())
                .filter(type -> GroupedLayout.of(type)
                        .filter(GroupedLayout::hasIntegers)
                        .isPresent());
    }

    private static List<Integer> columns(ElementType type) {
        return Stream.of(32, 64, 96, 256, 640, 768, 2048)
                .filter(size -> size % type.blockElements() == 0)
                .toList();
    }

    private static Matrix weight(ElementType type, int columns) {
        return RandomWeights.matrix("w", type, ROWS, columns, 1 / Math.sqrt(columns), new Random(columns));
    }

    @ParameterizedTest
    @MethodSource("types")
    void multipliesOneToken(ElementType type) {
        for (int columns : columns(type)) {
            Matrix weight = weight(type, columns);
            float[] x = KernelFixtures.random(columns + 3, 1);
            float[] expected = expected(weight, x, 3, 1);
            for (int from : new int[] {0, 5, 48}) {
                for (int to : new int[] {50, 64, 113, ROWS}) {
                    float[] actual = new float[ROWS];
                    integers(weight).multiply(from, to, row(x, 3, columns), actual, 0, new Scratch());
                    float[] range = new float[ROWS];
                    System.arraycopy(expected, from, range, from, to - from);
                    String what = "%d columns, rows %d to %d".formatted(columns, from, to);
                    KernelFixtures.assertClose(actual, range, tolerance(columns), what);
                }
            }
        }
    }

    /// With codes at the ends of their range, the sums of 16 bits come as near to overflowing as they can.
    @ParameterizedTest
    @MethodSource("types")
    void theLargestCodesDoNotOverflow(ElementType type) {
        int columns = 512;
        Random random = new Random(5);
        byte[] bytes = new byte[Math.toIntExact(ROWS * type.rowBytes(columns))];
        Matrix drawn = weight(type, columns);
        drawn.data().asByteBuffer().get(bytes);
        for (int fill : new int[] {0, 0xFF}) {
            byte[] extreme = bytes.clone();
            fillCodes(type, extreme, (byte) fill);
            Matrix weight = new Matrix("w", type, ROWS, columns, java.lang.foreign.MemorySegment.ofArray(extreme));
            for (float sign : new float[] {1, -1, 0}) {
                float[] x = new float[columns];
                for (int i = 0; i < columns; i++) {
                    x[i] = sign == 0 ? (random.nextBoolean() ? 1 : -1) : sign;
                }
                float[] expected = expected(weight, x, 0, 1);
                float[] actual = new float[ROWS];
                integers(weight).multiply(0, ROWS, row(x, 0, columns), actual, 0, new Scratch());
                double largest = IntStream.range(0, ROWS)
                        .mapToDouble(i -> Math.abs(expected[i]))
                        .max()
                        .orElseThrow();
                KernelFixtures.assertClose(actual, expected, 1e-4 * Math.max(1, largest), type + " all " + fill);
                float[] packed = new float[ROWS];
                integers(weight).multiplyPacked(0, ROWS, panels(x, 1, columns), 1, packed, 0, ROWS, new Scratch());
                assertThat(packed).isEqualTo(actual);
            }
        }
    }

    /// Sets the bytes of the codes of every block, and leaves its scales.
    private static void fillCodes(ElementType type, byte[] bytes, byte fill) {
        int from = switch (type) {
            case Q4_0, Q5_0 -> 2;
            case Q4_K, Q5_K -> 16;
            default -> 0;
        };
        int to = type == ElementType.Q6_K ? 192 : type.blockBytes();
        for (int block = 0; block < bytes.length; block += type.blockBytes()) {
            Arrays.fill(bytes, block + from, block + to, fill);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void multipliesManyTokens(ElementType type) {
        for (int columns : columns(type)) {
            Matrix weight = weight(type, columns);
            float[] x = KernelFixtures.random(TOKENS * columns, 2);
            float[] expected = expected(weight, x, 0, TOKENS);
            float[] quantised = new float[TOKENS * columns];
            KERNELS.quantize(x, 0, x.length, quantised, 0);
            for (int[] range : new int[][] {{0, ROWS}, {0, 64}, {5, 18}, {16, 112}, {63, 65}}) {
                float[] actual = new float[TOKENS * ROWS];
                float[] wanted = new float[TOKENS * ROWS];
                QuantisedMatrixKernel matrix = integers(weight);
                float[] packed = KernelFixtures.packed(KERNELS, quantised, columns, TOKENS, columns, 7);
                matrix.multiplyPacked(range[0], range[1], packed, 7, TOKENS, actual, 0, ROWS, new Scratch());
                for (int t = 0; t < TOKENS; t++) {
                    int at = t * ROWS + range[0];
                    System.arraycopy(expected, at, wanted, at, range[1] - range[0]);
                }
                KernelFixtures.assertClose(actual, wanted, tolerance(columns), columns + Arrays.toString(range));
            }
        }
    }

    /// Products with many tokens as codes are those with each of them, to the bit, for every range of rows and number
    /// of tokens.
    @ParameterizedTest
    @MethodSource("types")
    void codesOfManyTokensGiveWhatEachTokenGives(ElementType type) {
        for (int columns : columns(type)) {
            QuantisedMatrixKernel matrix = integers(weight(type, columns));
            for (int tokens : new int[] {1, 6, TOKENS, 53}) {
                float[] x = KernelFixtures.random(tokens * columns, tokens);
                QuantisedPanels panels = panels(x, tokens, columns);
                for (int[] range : new int[][] {{0, ROWS}, {0, 64}, {5, 18}, {16, 112}, {63, 65}, {112, ROWS}}) {
                    float[] expected = new float[tokens * (ROWS + 3) + 2];
                    float[] actual = expected.clone();
                    for (int t = 0; t < tokens; t++) {
                        QuantisedRow row = row(x, t * columns, columns);
                        matrix.multiply(range[0], range[1], row, expected, 2 + t * (ROWS + 3), new Scratch());
                    }
                    matrix.multiplyPacked(range[0], range[1], panels, tokens, actual, 2, ROWS + 3, new Scratch());
                    assertThat(actual)
                            .as("%d columns, %d tokens, rows %s", columns, tokens, Arrays.toString(range))
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void anElementIsTheSameInEveryRangeOfRows(ElementType type) {
        int columns = 768;
        float[] x = KernelFixtures.random(columns, 3);
        QuantisedMatrixKernel matrix = integers(weight(type, columns));
        float[] whole = new float[ROWS];
        matrix.multiply(0, ROWS, row(x, 0, columns), whole, 0, new Scratch());
        for (int rows : new int[] {1, 16, 50, 64, 80}) {
            float[] parts = new float[ROWS];
            for (int from = 0; from < ROWS; from += rows) {
                matrix.multiply(from, Math.min(ROWS, from + rows), row(x, 0, columns), parts, 0, new Scratch());
            }
            assertThat(parts).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void decodesRows(ElementType type) {
        for (int columns : columns(type)) {
            Matrix weight = weight(type, columns);
            for (int row : new int[] {0, 17, ROWS - 1}) {
                float[] expected = new float[columns + 5];
                float[] actual = new float[columns + 5];
                KernelFixtures.DEFINITION.matrix(weight).decode(row, expected, 3, new Scratch());
                integers(weight).decode(row, actual, 3, new Scratch());
                KernelFixtures.assertClose(actual, expected, 1e-6, columns + " columns");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aGroupTakesTheBytesThatItsLayoutSays(ElementType type) {
        GroupedLayout layout = GroupedLayout.of(type).orElseThrow();
        assertThat(layout.bytes(33, 512)).isEqualTo(2 * layout.groupBytes(512));
        assertThat(layout.unitBytes() % 64).isZero();
    }

    @Test
    void vectorsQuantiseToTheNumbersOfTheDefinition() {
        int columns = 640;
        float[] x = KernelFixtures.random(columns + 3, 4);
        Arrays.fill(x, 64, 96, 0);
        x[100] = -1000;
        QuantisedRow expected = new QuantisedRow();
        KernelFixtures.DEFINITION.quantize(x, 3, columns, expected);
        QuantisedRow actual = row(x, 3, columns);
        assertThat(actual.pairs()).isEqualTo(expected.pairs());
        assertThat(actual.nibblePairs()).isEqualTo(expected.nibblePairs());
        assertThat(actual.scales()).isEqualTo(expected.scales());
        assertThat(actual.sums()).isEqualTo(expected.sums());
        assertThat(actual.codeSums()).isEqualTo(expected.codeSums());
        assertThat(actual.halfCodeSums()).isEqualTo(expected.halfCodeSums());
    }

    @Test
    void aRowThatIsUsedAgainHasMultipliersOfItsOwn() {
        QuantisedRow used = new QuantisedRow();
        for (int columns : new int[] {64, 64, 96, 32}) {
            float[] x = KernelFixtures.random(columns, columns + used.pairs().length);
            KERNELS.quantize(x, 0, columns, used);
            QuantisedRow expected = row(x, 0, columns);
            assertThat(used.fivePairs()).startsWith(expected.fivePairs());
            assertThat(used.sixPairs()).startsWith(expected.sixPairs());
        }
    }

    /// Whatever lies above a code in its number cancels out.
    @Test
    void numbersOfFourBitCodesAreMultipliedUncut() {
        Random random = new Random(6);
        float[] x = new float[32];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(-127, 128);
        }
        QuantisedRow row = new QuantisedRow();
        row.reserve(x.length);
        row.set(0, 1, x, 0);
        short sum = 0;
        int expected = 0;
        for (int v = 0; v < 4; v++) {
            int q = random.nextInt();
            for (int k = 0; k < 4; k++) {
                int pair = row.nibblePairs()[4 * v + k];
                int low = q >>> (4 * k);
                int high = low >>> 16;
                sum += (short) (low * pair + high * (pair >> 16));
                int column = 8 * v + 2 * k;
                expected += (low & 15) * (int) x[column] + (high & 15) * (int) x[column + 1];
            }
        }
        assertThat(sum).isEqualTo((short) expected);
    }

    private static QuantisedMatrixKernel integers(Matrix weight) {
        return (QuantisedMatrixKernel) KERNELS.grouped(weight);
    }

    /// Packed as an executor does it, some tokens at a time.
    private static QuantisedPanels panels(float[] x, int tokens, int columns) {
        QuantisedPanels panels = new QuantisedPanels();
        panels.reserve(KERNELS.packedTokens(tokens), columns);
        int atATime = KERNELS.packTokens();
        for (int first = 0; first < tokens; first += atATime) {
            int count = Math.min(atATime, tokens - first);
            KERNELS.pack(x, first * columns, columns, first, count, columns, panels);
        }
        return panels;
    }

    private static QuantisedRow row(float[] x, int xOffset, int columns) {
        QuantisedRow row = new QuantisedRow();
        KERNELS.quantize(x, xOffset, columns, row);
        return row;
    }

    private static float[] expected(Matrix weight, float[] x, int xOffset, int tokens) {
        int columns = weight.columns();
        float[] y = new float[tokens * ROWS];
        for (int t = 0; t < tokens; t++) {
            float[] quantised = new float[columns];
            KernelFixtures.DEFINITION.quantize(x, xOffset + t * columns, columns, quantised, 0);
            KernelFixtures.DEFINITION.matrix(weight).multiply(0, ROWS, quantised, 0, y, t * ROWS, new Scratch());
        }
        return y;
    }

    private static double tolerance(int columns) {
        return 2e-6 * Math.sqrt(columns);
    }
}
