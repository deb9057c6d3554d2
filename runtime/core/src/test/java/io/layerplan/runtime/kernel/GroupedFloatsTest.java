package io.layerplan.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.kernel.vector.VectorOptions;
import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Products of floats with Q8_0 weights in groups of rows, against the definition.
@ParameterizedClass(name = "multiplies subnormal floats: {0}")
@ValueSource(booleans = {false, true})
class GroupedFloatsTest {
    private final RowKernels kernels;

    GroupedFloatsTest(boolean multipliesSubnormals) {
        kernels = new VectorRowKernels(new VectorOptions(true, true, multipliesSubnormals));
    }

    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final int TOKENS = 23;

    private static Matrix weight(int rows, int columns) {
        return RandomWeights.matrix("w", ElementType.Q8_0, rows, columns, 1 / Math.sqrt(columns), new Random(columns));
    }

    /// From fewer rows than a group has to more than go at a time.
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 31, 32, 33, 113, 128, 145, 300})
    void multipliesOneToken(int rows) {
        for (int columns : new int[] {32, 96, 640, 2048}) {
            Matrix weight = weight(rows, columns);
            float[] x = KernelFixtures.random(columns + 3, 1);
            for (int from : new int[] {0, rows / 3}) {
                for (int to : new int[] {rows, rows - rows / 4}) {
                    float[] expected = new float[rows + 2];
                    float[] actual = new float[rows + 2];
                    KernelFixtures.DEFINITION.matrix(weight).multiply(from, to, x, 3, expected, 2, new Scratch());
                    kernels.grouped(weight).multiply(from, to, x, 3, actual, 2, new Scratch());
                    String what = "%d columns, rows %d to %d".formatted(columns, from, to);
                    KernelFixtures.assertClose(actual, expected, tolerance(columns), what);
                }
            }
        }
    }

    @Test
    void anElementIsTheSameInEveryRangeOfRows() {
        float[] x = KernelFixtures.random(768, 2);
        MatrixKernel matrix = kernels.grouped(weight(300, 768));
        float[] whole = new float[300];
        matrix.multiply(0, 300, x, 0, whole, 0, new Scratch());
        for (int rows : new int[] {1, 16, 50, 64, 160}) {
            float[] parts = new float[300];
            for (int from = 0; from < 300; from += rows) {
                matrix.multiply(from, Math.min(300, from + rows), x, 0, parts, 0, new Scratch());
            }
            assertThat(parts).isEqualTo(whole);
        }
    }

    /// As far as sums of codes times activations are floats, and nearly down to the least of them.
    @ParameterizedTest
    @ValueSource(ints = {-100, -40, 0, 60, 116})
    void activationsMayBeOfAnySize(int exponent) {
        int columns = 640;
        Matrix weight = weight(33, columns);
        float size = Math.scalb(1f, exponent);
        Random random = new Random(exponent);
        float[] x = new float[columns];
        for (int c = 0; c < columns; c++) {
            x[c] = size * (1 - random.nextFloat()) * Math.scalb(random.nextBoolean() ? 1f : -1f, -random.nextInt(30));
        }
        float[] expected = new float[33];
        float[] actual = new float[33];
        KernelFixtures.DEFINITION.matrix(weight).multiply(0, 33, x, 0, expected, 0, new Scratch());
        kernels.grouped(weight).multiply(0, 33, x, 0, actual, 0, new Scratch());
        KernelFixtures.assertClose(actual, expected, size * tolerance(columns), "2^" + exponent);
    }

    @Test
    void nothingComesOfNothing() {
        float[] actual = new float[33];
        kernels.grouped(weight(33, 640)).multiply(0, 33, new float[640], 0, actual, 0, new Scratch());
        for (float element : actual) {
            assertThat(element).isZero();
        }
    }

    /// Codes at the ends of their range, -128 too, each with an activation of its own size.
    @Test
    void multipliesTheLargestCodes() {
        MemorySegment data = MemorySegment.ofArray(weight(16, 64).data().toArray(ValueLayout.JAVA_BYTE));
        byte[] codes = {-128, 127, 0, -1, 1, -127};
        for (int block = 0; block < data.byteSize() / 34; block++) {
            data.set(HALF, 34L * block, Float.floatToFloat16(1));
            for (int i = 0; i < 32; i++) {
                data.set(ValueLayout.JAVA_BYTE, 34L * block + 2 + i, codes[(block + i) % codes.length]);
            }
        }
        Matrix weight = new Matrix("w", ElementType.Q8_0, 16, 64, data);
        for (int column = 0; column < 64; column++) {
            float[] x = new float[64];
            x[column] = 1 + column;
            float[] expected = new float[16];
            float[] actual = new float[16];
            KernelFixtures.DEFINITION.matrix(weight).multiply(0, 16, x, 0, expected, 0, new Scratch());
            kernels.grouped(weight).multiply(0, 16, x, 0, actual, 0, new Scratch());
            assertThat(actual).isEqualTo(expected);
        }
    }

    /// A model that has come to this is lost, and should be seen to be.
    @ParameterizedTest
    @ValueSource(floats = {Float.POSITIVE_INFINITY, Float.NaN})
    void noNumberComesOfWhatIsNone(float activation) {
        float[] x = KernelFixtures.random(640, 1);
        x[77] = activation;
        float[] actual = new float[33];
        kernels.grouped(weight(33, 640)).multiply(0, 33, x, 0, actual, 0, new Scratch());
        for (float element : actual) {
            assertThat(Float.isFinite(element)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17, 64, 119})
    void multipliesManyTokens(int rows) {
        for (int columns : new int[] {32, 288, 640}) {
            Matrix weight = weight(rows, columns);
            float[] x = KernelFixtures.random(TOKENS * columns, 3);
            float[] expected = new float[TOKENS * rows];
            KernelFixtures.DEFINITION
                    .matrix(weight)
                    .multiplyPacked(0, rows, x, 0, TOKENS, expected, 0, rows, new Scratch());
            MatrixKernel matrix = kernels.grouped(weight);
            float[] packed = KernelFixtures.packed(kernels, x, columns, TOKENS, columns, 5);
            float[] actual = new float[TOKENS * rows];
            matrix.multiplyPacked(0, rows, packed, 5, TOKENS, actual, 0, rows, new Scratch());
            KernelFixtures.assertClose(actual, expected, tolerance(columns), columns + " columns");
        }
    }

    /// Scales of every kind: below 2^-14, of either sign, zero.
    @Test
    void decodesRowsToTheBit() {
        Matrix random = weight(40, 96);
        float[] scales = {0x1p-24f, -0x1.8p-16f, 0x1.ff8p-15f, 0, -0f, -0.75f, 65504, 0x1p-14f};
        MemorySegment data = MemorySegment.ofArray(random.data().toArray(ValueLayout.JAVA_BYTE));
        for (int block = 0; block < data.byteSize() / 34; block++) {
            data.set(HALF, 34L * block, Float.floatToFloat16(scales[block % scales.length]));
            data.set(ValueLayout.JAVA_BYTE, 34L * block + 2 + block % 32, (byte) -128);
        }
        Matrix weight = new Matrix("w", ElementType.Q8_0, 40, 96, data);
        MatrixKernel grouped = kernels.grouped(weight);
        for (int row = 0; row < 40; row++) {
            float[] expected = new float[96];
            float[] actual = new float[96];
            KernelFixtures.DEFINITION.matrix(weight).decode(row, expected, 0, new Scratch());
            grouped.decode(row, actual, 0, new Scratch());
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static double tolerance(int columns) {
        return 2e-6 * Math.sqrt(columns);
    }
}
