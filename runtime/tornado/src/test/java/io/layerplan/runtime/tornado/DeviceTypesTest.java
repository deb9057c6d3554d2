package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.cpu.CpuOptions;
import io.layerplan.runtime.cpu.TinyDecoder;
import io.layerplan.runtime.kernel.scalar.ScalarDequantize;
import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Input;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every weight format: products alone against the scalar decoder, and a whole decoder against the processor.
@Tag("device")
class DeviceTypesTest {
    private static final Heads HEADS = new Heads(4, 2, 64, 0.125);

    /// Of the largest logit: sums of 32-bit floats in another order.
    private static final double TOLERANCE = 2e-5;

    private static final int ROWS = 45;

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aProductIsThatOfTheScalarDecoder(ElementType type) {
        Devices.require();
        int[] widths = type.blockElements() == 256 ? new int[] {256, 768} : new int[] {32, 96, 160, 1056};
        for (int columns : widths) {
            product(type, columns);
        }
    }

    private static void product(ElementType type, int columns) {
        Matrix table = matrix("table", ElementType.F32, columns, 1);
        Matrix matrix = matrix("matrix", type, columns, 2);
        Program program = new Program(
                "product",
                NumericMode.F32,
                ROWS,
                8,
                List.of(reference(0, table), reference(1, matrix)),
                List.of(new Buffer(0, Buffer.Rows.TOKENS, columns), new Buffer(1, Buffer.Rows.OUTPUTS, ROWS)),
                List.of(),
                List.of(
                        new Launch(List.of(new Kernel.Embed(0, 1, new View(0, 0, columns)))),
                        new Launch(List.of(new Kernel.MatMul(
                                Input.plain(new View(0, 0, columns)),
                                1,
                                OptionalInt.empty(),
                                Optional.empty(),
                                new Target.Activations(new View(1, 0, ROWS)))))),
                new View(1, 0, ROWS));
        int[] tokens = {3, 44, 0};
        double[] expected = new double[2 * ROWS];
        for (int t = 0; t < 2; t++) {
            float[] x = ScalarDequantize.row(table, tokens[t + 1]);
            for (int row = 0; row < ROWS; row++) {
                float[] w = ScalarDequantize.row(matrix, row);
                for (int c = 0; c < columns; c++) {
                    expected[t * ROWS + row] += (double) w[c] * x[c];
                }
            }
        }
        try (Executor executor = Devices.open(program, Map.of("table", table, "matrix", matrix)::get, 8, 4)) {
            assertClose(executor.forward(tokens, 2), expected, type + " x " + columns);
        }
    }

    /// With the workgroups of a GPU, whatever the device is.
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void groupsOfManyItemsComputeTheSame(ElementType type) {
        Devices.require();
        try (var _ = Devices.groups("gpu")) {
            aDecoderIsThatOfTheProcessor(type);
        }
    }

    private static Matrix matrix(String name, ElementType type, int columns, int seed) {
        Random random = new Random(seed);
        float[] values = new float[ROWS * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return RandomWeights.matrix(name, type, ROWS, columns, values);
    }

    private static WeightReference reference(int id, Matrix matrix) {
        return new WeightReference(id, matrix.name(), matrix.type(), matrix.rows(), matrix.columns());
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aDecoderIsThatOfTheProcessor(ElementType type) {
        Devices.require();
        int[] tokens = new Random(3).ints(20, 0, TinyDecoder.VOCABULARY).toArray();
        for (boolean fused : new boolean[] {true, false}) {
            TinyDecoder decoder = new TinyDecoder(type, 2, 256, 512, HEADS, NumericMode.F32, fused);
            float[] expected;
            try (CpuExecutor cpu =
                    new CpuExecutor(decoder.program(), decoder.weights()::get, new CpuOptions(1, 64, 64))) {
                expected = cpu.forward(tokens, tokens.length);
            }
            try (Executor executor = Devices.open(decoder.program(), decoder.weights()::get, 64, 8)) {
                double[] wide = new double[expected.length];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = expected[i];
                }
                assertClose(executor.forward(tokens, tokens.length), wide, type + ", fused " + fused);
            }
        }
    }

    private static void assertClose(float[] actual, double[] expected, String what) {
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).hasSize(expected.length);
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
            assertThat(actual[i]).as("%s, element %d", what, i).isFinite();
        }
        assertThat(worst / largest).as(what).isLessThan(TOLERANCE);
    }
}
