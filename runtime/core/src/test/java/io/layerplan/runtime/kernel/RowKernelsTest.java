package io.layerplan.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Rope;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every implementation of the operations on rows against their definitions, at sizes that vectors do not
/// divide, at odd offsets, and with nothing written beside the result.
class RowKernelsTest {
    private static final float UNTOUCHED = 12345;

    private interface Operation {
        void apply(RowKernels kernels, float[] y, int yOffset, int size);
    }

    private static void assertAgrees(RowKernels kernels, double tolerance, Operation operation) {
        for (int size : KernelFixtures.SIZES) {
            float[] expected = result(KernelFixtures.DEFINITION, operation, size);
            float[] actual = result(kernels, operation, size);
            KernelFixtures.assertClose(actual, expected, tolerance, "size " + size);
            assertThat(actual[4]).isEqualTo(UNTOUCHED);
            assertThat(actual[5 + size]).isEqualTo(UNTOUCHED);
        }
    }

    private static float[] result(RowKernels kernels, Operation operation, int size) {
        float[] y = new float[size + 11];
        Arrays.fill(y, UNTOUCHED);
        operation.apply(kernels, y, 5, size);
        return y;
    }

    static Object[] implementations() {
        return KernelFixtures.implementations().toArray();
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void normalizes(RowKernels kernels) {
        float[] gain = KernelFixtures.random(2048, 1);
        assertAgrees(
                kernels,
                1e-5,
                (k, y, at, size) -> k.normalize(KernelFixtures.random(size + 3, 2), 3, gain, 1e-6f, size, y, at));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void normalizesZeros(RowKernels kernels) {
        assertAgrees(
                kernels, 0, (k, y, at, size) -> k.normalize(new float[size], 0, new float[size], 1e-6f, size, y, at));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void activates(RowKernels kernels) {
        for (Activation activation : Activation.values()) {
            assertAgrees(kernels, 4e-6, (k, y, at, size) -> {
                float[] x = KernelFixtures.random(size, 3);
                for (int i = 0; i < size; i++) {
                    x[i] *= 1 << i % 7;
                }
                x[size / 2] = size % 2 == 0 ? 500 : -500;
                k.activate(activation, x, 0, size, y, at);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void activatesAcrossTheWholeRangeOfFloats(RowKernels kernels) {
        float[] x = {
            0, -0f, 1e-30f, -1e-30f, 20, -20, 87.3f, -87.3f, 104, -104, 1e10f, -1e10f, 1e30f, -1e30f, 3e38f, -3e38f
        };
        for (Activation activation : Activation.values()) {
            float[] y = new float[x.length];
            kernels.activate(activation, x, 0, x.length, y, 0);
            for (int i = 0; i < x.length; i++) {
                float expected = Math.max(x[i], 0);
                float tolerance = Math.abs(x[i]) > 10 ? Math.max(1e-3f, Math.abs(x[i]) * 1e-6f) : Math.abs(x[i]);
                assertThat(y[i]).as("%s of %s", activation, x[i]).isCloseTo(expected, within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void anElementIsActivatedAlikeWhereverItLies(RowKernels kernels) {
        float[] x = KernelFixtures.random(100, 3);
        for (Activation activation : Activation.values()) {
            float[] together = new float[100];
            float[] alone = new float[100];
            kernels.activate(activation, x, 0, 100, together, 0);
            for (int i = 0; i < 100; i++) {
                kernels.activate(activation, x, i, 1, alone, i);
            }
            assertThat(alone).isEqualTo(together);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void quantizesToTheBit(RowKernels kernels) {
        float[] x = KernelFixtures.random(2100, 10);
        Arrays.fill(x, 100, 140, 0);
        Arrays.fill(x, 300, 340, 1e-38f);
        x[500] = 127;
        x[501] = 0.5f;
        x[502] = -2.5f;
        assertAgrees(kernels, 0, (k, y, at, size) -> k.quantize(x, 3, size, y, at));
        assertAgrees(kernels, 0, (k, y, at, size) -> {
            System.arraycopy(x, 3, y, at, size);
            k.quantize(y, at, size, y, at);
        });
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void multipliesAddsAndScalesToTheBit(RowKernels kernels) {
        float[] a = KernelFixtures.random(2060, 4);
        float[] b = KernelFixtures.random(2060, 5);
        assertAgrees(kernels, 0, (k, y, at, size) -> k.multiply(a, 3, b, 7, size, y, at));
        assertAgrees(kernels, 0, (k, y, at, size) -> k.add(a, 3, b, 7, size, y, at));
        assertAgrees(kernels, 0, (k, y, at, size) -> k.scale(0.7f, a, 3, size, y, at));
        assertAgrees(kernels, 0, (k, y, at, size) -> {
            System.arraycopy(b, 7, y, at, size);
            k.addScaled(0.7f, a, 3, size, y, at);
        });
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void turnsHeadsInPlaceAndElsewhere(RowKernels kernels) {
        float[] cosines = KernelFixtures.random(2048, 6);
        float[] sines = KernelFixtures.random(2048, 7);
        for (Rope.Pairing pairing : Rope.Pairing.values()) {
            for (int rest : new int[] {0, 3}) {
                Operation elsewhere = (k, y, at, size) -> {
                    int turned = Math.max(2, (size - rest) / 2 * 2);
                    if (turned <= size) {
                        float[] x = KernelFixtures.random(size + 1, 8);
                        k.turn(new Rope(pairing, turned, 1e4, 1, -1), cosines, sines, 2, size, x, 1, y, at);
                    }
                };
                Operation inPlace = (k, y, at, size) -> {
                    int turned = Math.max(2, (size - rest) / 2 * 2);
                    if (turned <= size) {
                        System.arraycopy(KernelFixtures.random(size + 1, 8), 1, y, at, size);
                        k.turn(new Rope(pairing, turned, 1e4, 1, -1), cosines, sines, 2, size, y, at, y, at);
                    }
                };
                assertAgrees(kernels, 1e-6, elsewhere);
                assertAgrees(kernels, 1e-6, inPlace);
                assertThat(result(kernels, inPlace, 100)).isEqualTo(result(kernels, elsewhere, 100));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void sumsAllWordsOfAStretchByAnyNumberOfStreams(RowKernels kernels) {
        int before = 64;
        int bytes = 3 * 8 * 4096;
        MemorySegment words = Arena.ofAuto().allocate(before + bytes + 64, 64);
        Random random = new Random(7);
        int expected = 0;
        for (int at = 0; at < words.byteSize(); at += Integer.BYTES) {
            int word = random.nextInt();
            words.set(ValueLayout.JAVA_INT, at, word);
            expected += at >= before && at < before + bytes ? word : 0;
        }
        for (int streams : new int[] {1, 2, 4, 8}) {
            assertThat(kernels.sum(words, before, bytes, streams))
                    .as("%d streams", streams)
                    .isEqualTo(expected);
        }
    }
}
