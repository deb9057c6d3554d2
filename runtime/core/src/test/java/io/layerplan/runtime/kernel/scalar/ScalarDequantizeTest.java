package io.layerplan.runtime.kernel.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalarDequantizeTest {
    private static final int ROWS = 4;
    private static final int COLUMNS = 512;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "F32")
    void agreesWithTheFixturesBitForBit(ElementType type) throws IOException {
        Matrix matrix = new Matrix("fixture", type, ROWS, COLUMNS, MemorySegment.ofArray(resource(type, "bin")));
        ByteBuffer expected = ByteBuffer.wrap(resource(type, "f32")).order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < ROWS; row++) {
            float[] values = ScalarDequantize.row(matrix, row);
            for (int column = 0; column < COLUMNS; column++) {
                assertThat(values[column])
                        .as("%s row %d column %d", type, row, column)
                        .isEqualTo(expected.getFloat());
            }
        }
    }

    @Test
    void readsFloatsAsTheyAre() {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(1.5f).putFloat(-3e-40f);
        Matrix matrix = new Matrix("floats", ElementType.F32, 1, 2, MemorySegment.ofBuffer(bytes.flip()));
        assertThat(ScalarDequantize.row(matrix, 0)).containsExactly(1.5f, -3e-40f);
    }

    private static byte[] resource(ElementType type, String kind) throws IOException {
        String name = "/dequantize/%s.%s".formatted(type.label(), kind);
        try (InputStream stream = ScalarDequantizeTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        }
    }
}
