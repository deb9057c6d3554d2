package io.layerplan.runtime.tornado.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightPackingTest {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// As many bytes as the file has, up to the last word of each plane.
    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"F16", "Q8_0", "Q4_0", "Q5_0", "Q4_K", "Q6_K"})
    void takesNoMoreThanTheFile(ElementType type) {
        DeviceFormat format = DeviceFormat.of(type, 256);
        long words = 0;
        for (int plane = 0; plane < 4; plane++) {
            words += format.planeWords(plane, 7, 256);
        }
        assertThat(4 * words).isBetween(7 * type.rowBytes(256), 7 * type.rowBytes(256) + 4);
    }

    @Test
    void scalesArePairedInOneWord() {
        Matrix matrix = RandomWeights.matrix("w", ElementType.Q8_0, 3, 32, values(96));
        int[] words = new int[64];
        WeightPacking.pack(
                matrix, new DeviceMatrix(0, DeviceFormat.Q8_0, 3, 32, 0, 0, 0, 24), (i, word) -> words[i] = word);
        for (int block = 0; block < 3; block++) {
            assertThat((short) (words[24 + block / 2] >> (16 * (block % 2))))
                    .isEqualTo(matrix.data().get(SHORT, 34L * block));
        }
        assertThat((byte) words[0]).isEqualTo(matrix.data().get(ValueLayout.JAVA_BYTE, 2));
        assertThat(Arrays.stream(words, 26, 64)).containsOnly(0);
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
