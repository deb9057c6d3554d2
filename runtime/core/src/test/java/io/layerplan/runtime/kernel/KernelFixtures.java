package io.layerplan.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.kernel.scalar.ScalarRowKernels;
import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// What tests of kernels share: the implementations, and sizes that vectors do not divide.
final class KernelFixtures {
    static final RowKernels DEFINITION = new ScalarRowKernels();

    static final List<Integer> SIZES = List.of(1, 3, 7, 8, 13, 16, 25, 31, 32, 33, 64, 100, 207, 256, 512, 2048);

    private KernelFixtures() {}

    static Stream<RowKernels> implementations() {
        return Stream.of(DEFINITION, new VectorRowKernels());
    }

    /// Compares two arrays element by element, much faster than a matcher for each.
    static void assertClose(float[] actual, float[] expected, double tolerance, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                throw new AssertionError(
                        "%s: element %d is %s, not %s within %s".formatted(what, i, actual[i], expected[i], tolerance));
            }
        }
    }

    static float[] random(int size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /// Rows of `columns` elements, `xStride` apart, packed as a kernel wants them, from `offset` on.
    static float[] packed(RowKernels kernels, float[] x, int xStride, int tokens, int columns, int offset) {
        float[] panels = new float[offset + kernels.packedTokens(tokens) * columns];
        int atATime = kernels.packTokens();
        for (int first = 0; first < tokens; first += atATime) {
            int count = Math.min(atATime, tokens - first);
            kernels.pack(x, first * xStride, xStride, first, count, columns, panels, offset);
        }
        return panels;
    }
}
