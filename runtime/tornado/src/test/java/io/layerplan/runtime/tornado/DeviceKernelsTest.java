package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.cpu.ScalarExecutor;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.program.text.ProgramReader;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kernel against the scalar ones, which define it: a small program for each family of operations, with weights
/// of every format where it has products, in the workgroups of processors and of GPUs.
@Tag("device")
class DeviceKernelsTest {
    private static final Path FOLDER = Path.of("src/test/resources/kernels");
    private static final String TYPE = "TYPE";
    private static final int CONTEXT = 300;
    private static final int BATCH = 16;

    /// Tokens of one call after another, and how many of them have outputs: batches that are full and not, single
    /// tokens, contexts on both sides of where a span ends.
    private static final int[][] CALLS = {{11, 3}, {1, 1}, {2, 2}, {120, 16}, {1, 1}, {33, 5}, {1, 1}};

    static Stream<Arguments> cases() throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(FOLDER)) {
            files = list.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThan(5);
        return files.stream()
                .flatMap(file -> types(file)
                        .flatMap(type -> Stream.of("processor", "gpu")
                                .map(groups -> Arguments.of(file.getFileName().toString(), type, groups))));
    }

    private static Stream<ElementType> types(Path file) {
        return read(file).contains(TYPE) ? Stream.of(ElementType.values()) : Stream.of(ElementType.F32);
    }

    @ParameterizedTest(name = "{0}, {1}, groups of a {2}")
    @MethodSource("cases")
    void computesWhatTheScalarKernelsDo(String file, ElementType type, String groups) {
        Devices.require();
        String text = read(FOLDER.resolve(file)).replace(TYPE, type.label());
        Program program = ProgramReader.read(file, text);
        Map<String, Matrix> weights = weights(program);
        Random random = new Random(5);
        try (var _ = Devices.groups(groups);
                Executor device = Devices.open(program, weights::get, CONTEXT, BATCH);
                Executor scalar = ScalarExecutor.open(program, weights::get, CONTEXT, BATCH)) {
            for (int[] call : CALLS) {
                int[] tokens = random.ints(call[0], 0, program.vocabulary()).toArray();
                String what = "%d tokens after %d".formatted(tokens.length, scalar.length());
                assertClose(device.forward(tokens, call[1]), scalar.forward(tokens, call[1]), tolerance(type), what);
            }
        }
    }

    /// Of the largest element of a result. The scalar kernels sum in 64 bits, devices in 32, part by part, and
    /// elements of quantised formats are rounded once more: the worst that was seen is 2.7e-6, in Q4_0.
    private static double tolerance(ElementType type) {
        return switch (type) {
            case F32, F16, BF16 -> 2e-6;
            case Q8_0, Q6_K, Q5_0, Q4_0, Q5_1, Q4_1, Q5_K, Q4_K -> 4e-6;
        };
    }

    private static void assertClose(float[] actual, float[] expected, double tolerance, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("%s, element %d", what, i).isFinite();
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
        }
        assertThat(worst / largest).as(what).isLessThan(tolerance);
    }

    /// Gains and factors around 1, biases around 0, rows of matrices that keep the size of what they multiply.
    private static Map<String, Matrix> weights(Program program) {
        Random random = new Random(17);
        Map<String, Matrix> weights = new LinkedHashMap<>();
        for (WeightReference weight : program.weights()) {
            double deviation = weight.name().equals("table") ? 1 : 1 / Math.sqrt(weight.columns());
            Matrix matrix = weight.rows() == 1
                    ? vector(weight, random)
                    : RandomWeights.matrix(
                            weight.name(), weight.type(), weight.rows(), weight.columns(), deviation, random);
            weights.put(weight.name(), matrix);
        }
        return weights;
    }

    private static Matrix vector(WeightReference weight, Random random) {
        float[] values = new float[weight.columns()];
        float mean = weight.name().startsWith("bias") ? 0 : 1;
        for (int i = 0; i < values.length; i++) {
            values[i] = mean + random.nextFloat(-0.5f, 0.5f);
        }
        return RandomWeights.matrix(weight.name(), weight.type(), 1, values.length, values);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
