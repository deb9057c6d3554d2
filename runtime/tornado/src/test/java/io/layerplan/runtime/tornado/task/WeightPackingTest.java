package io.layerplan.runtime.tornado.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightPackingTest {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// As many bytes as the file has for whole tiles, up to a scale of an odd number of blocks.
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void takesNoMoreThanTheFile(ElementType type) {
        DeviceFormat format = DeviceFormat.of(type);
        long words = format.words(32, 512) + format.scales(32, 512);
        assertThat(4 * words).isEqualTo(32 * type.rowBytes(512));
    }

    @Test
    void rowsOfATileAreNeighboursAndScalesShareAWord() {
        Matrix matrix = RandomWeights.matrix("w", ElementType.Q8_0, 17, 96, values(17 * 96));
        DeviceFormat format = DeviceFormat.Q8_0;
        int d = (int) format.words(17, 96);
        MemorySegment words = Arena.ofAuto().allocate(4 * (d + format.scales(17, 96)), 4);
        WeightPacking.pack(matrix, new DeviceMatrix(0, format, 17, 96, 0, d), words);
        for (int row = 0; row < 17; row++) {
            for (int block = 0; block < 3; block++) {
                long from = 34L * (3 * row + block);
                int scale = d + (row / 16 * 2 + block / 2) * 16 + row % 16;
                assertThat((short) (word(words, scale) >> (16 * (block % 2))))
                        .isEqualTo(matrix.data().get(SHORT, from));
                for (int i = 0; i < 8; i++) {
                    assertThat(word(words, ((row / 16 * 3 + block) * 8 + i) * 16 + row % 16))
                            .isEqualTo(matrix.data().get(INT, from + 2 + 4L * i));
                }
            }
        }
        assertThat(word(words, 3 * 8 * 16 + 1)).as("a row that is not there").isZero();
    }

    @Test
    void aRowThatEndsWithinABlockIsFilledUp() {
        Matrix matrix = RandomWeights.matrix("w", ElementType.F16, 2, 5, values(10));
        MemorySegment words = Arena.ofAuto().allocate(4 * 16 * 16, 4);
        WeightPacking.pack(matrix, new DeviceMatrix(0, DeviceFormat.F16, 2, 5, 0, 0), words);
        assertThat((short) word(words, 2 * 16 + 1)).isEqualTo(matrix.data().get(SHORT, 2 * 9));
        assertThat(word(words, 2 * 16 + 1) >>> 16).isZero();
        assertThat(word(words, 3 * 16)).isZero();
    }

    private static int word(MemorySegment words, int index) {
        return words.get(INT, 4L * index);
    }

    private static float[] values(int count) {
        Random random = new Random(5);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
