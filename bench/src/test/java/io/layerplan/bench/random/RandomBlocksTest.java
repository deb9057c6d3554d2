package io.layerplan.bench.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.kernel.scalar.ScalarDequantize;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RandomBlocksTest {
    private static final int COLUMNS = 1 << 12;
    private static final int ROWS = 20;
    private static final double DEVIATION = 0.05;

    @ParameterizedTest
    @EnumSource
    void lieAroundZeroWithTheDeviationAskedFor(ElementType type) {
        float[] weights = weights(type);
        double sum = 0;
        double squares = 0;
        for (float weight : weights) {
            sum += weight;
            squares += weight * (double) weight;
        }
        assertThat(Math.sqrt(squares / weights.length)).isCloseTo(DEVIATION, within(0.05 * DEVIATION));
        // Q6_K's codes reach from -32 to 31, as do those of the other formats without a minimum.
        assertThat(sum / weights.length).isCloseTo(0, within(0.12 * DEVIATION));
    }

    private static float[] weights(ElementType type) {
        long rowBytes = type.rowBytes(COLUMNS);
        MemorySegment data = MemorySegment.ofArray(new byte[Math.toIntExact(ROWS * rowBytes)]);
        long at = 0;
        for (MemorySegment part : new RandomBlocks(type, DEVIATION, new SplittableRandom(7)).parts(data.byteSize())) {
            data.asSlice(at, part.byteSize()).copyFrom(part);
            at += part.byteSize();
        }
        assertThat(at).isEqualTo(data.byteSize());
        Matrix matrix = new Matrix("random", type, ROWS, COLUMNS, data);
        float[] weights = new float[ROWS * COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            ScalarDequantize.row(matrix, row, weights, row * COLUMNS);
        }
        return weights;
    }
}
