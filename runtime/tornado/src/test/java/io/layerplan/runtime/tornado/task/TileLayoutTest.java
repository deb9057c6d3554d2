package io.layerplan.runtime.tornado.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import io.layerplan.runtime.tornado.Programs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TileLayoutTest {
    private static final int ROWS = 21;
    private static final int COLUMNS = 512;

    @Test
    void matricesHaveTilesAndVectorsStayAsTheyAre() {
        Program program = Programs.of(Fixture.of("llama"), "run 0", true, NumericMode.F32);
        TileLayout layout = new TileLayout(program);
        for (WeightReference weight : program.weights()) {
            boolean vector = weight.name().endsWith("norm.weight");
            assertThat(layout.bytes(weight).isEmpty()).as(weight.name()).isEqualTo(vector);
        }
    }

    /// What was stored is, at its place, what packing puts there.
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void whatIsStoredIsWhatPackingPutsThere(ElementType type) {
        Matrix matrix = matrix(type);
        DeviceFormat format = DeviceFormat.of(type);
        int second = 7 + (int) format.words(ROWS, COLUMNS);
        DeviceMatrix place = new DeviceMatrix(0, format, ROWS, COLUMNS, 7, second);
        MemorySegment packed = words(place);
        MemorySegment copied = words(place);
        WeightPacking.pack(matrix, place, packed);
        TileLayout layout = new TileLayout(Programs.of(Fixture.of("llama"), "run 0", true, NumericMode.F32));
        for (MemorySegment stored : layout.parts(matrix)) {
            TileLayout.copy(stored, place, copied);
        }
        assertThat(copied.mismatch(packed)).isEqualTo(-1);
    }

    @Test
    void refusesAnotherSize() {
        DeviceMatrix place = new DeviceMatrix(0, DeviceFormat.F16, ROWS, COLUMNS, 0, 0);
        assertThatThrownBy(() -> TileLayout.copy(MemorySegment.ofArray(new int[3]), place, words(place)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("takes other than 12 bytes");
    }

    private static MemorySegment words(DeviceMatrix place) {
        long words = place.d()
                + place.format().scales(ROWS, COLUMNS)
                + place.format().words(ROWS, COLUMNS)
                + 7;
        return Arena.ofAuto().allocate(4 * words, 4);
    }

    private static Matrix matrix(ElementType type) {
        Random random = new Random(3);
        float[] values = new float[ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return RandomWeights.matrix("w", type, ROWS, COLUMNS, values);
    }
}
