package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.cli.Layerplan;
import io.layerplan.compiler.fixtures.Fixture;
import io.layerplan.runtime.compiled.PlanDescription;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.gguf.GgufTensor;
import io.layerplan.runtime.gguf.GgufWriter;
import io.layerplan.runtime.kernel.scalar.ScalarDequantize;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `layerplan compile --target tornado`, which needs no device.
class CompileForDevicesTest {
    private static final String REFUSAL = """
        error: the backend `tornado` has no kernels for the numeric mode `q8`
           = help: leave `--numeric` out, say `--numeric f32`, or compile and run for `cpu`
        """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void refusesTheModeThatHasNoKernelsAndWritesNothing() throws IOException {
        for (List<String> flags : List.of(List.<String>of(), List.of("--pack"))) {
            err.reset();
            List<String> arguments = new ArrayList<>(List.of("--numeric", "q8"));
            arguments.addAll(flags);
            assertThat(compile(arguments)).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(REFUSAL);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void runRefusesItToo() {
        assertThat(execute(List.of("run", "-e", "run all", "--tokens", "1", "--backend", "tornado", "--numeric", "q8")))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(REFUSAL);
    }

    /// Weights of 4 bits, which on the CPU are multiplied in `q8` where nothing else is asked for.
    @Test
    void itsUsualModeIsF32WhateverTheWeights() {
        String model = quantised().toString();
        assertThat(modeOf(List.of("--model", model, "--target", "cpu"))).isEqualTo(NumericMode.Q8);
        assertThat(modeOf(List.of("--model", model, "--target", "tornado"))).isEqualTo(NumericMode.F32);
    }

    private NumericMode modeOf(List<String> flags) {
        String output = folder.resolve("plan.lpx").toString();
        List<String> arguments = new ArrayList<>(List.of("compile", "-e", "run all", "-o", output));
        arguments.addAll(flags);
        assertThat(execute(arguments)).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return PlanDescription.read(Path.of(output)).program().mode();
    }

    private Path quantised() {
        Path file = folder.resolve("q4_0.gguf");
        try (GgufFile model = GgufFile.open(Fixture.resource("llama.gguf"))) {
            GgufWriter writer = new GgufWriter(model.metadata());
            model.tensors().stream()
                    .map(GgufTensor::matrix)
                    .map(matrix -> matrix.rows() == 1 ? matrix : quantised(matrix))
                    .forEach(writer::tensor);
            writer.write(file);
        }
        return file;
    }

    private static Matrix quantised(Matrix matrix) {
        int columns = matrix.columns();
        float[] values = new float[matrix.rows() * columns];
        for (int row = 0; row < matrix.rows(); row++) {
            ScalarDequantize.row(matrix, row, values, row * columns);
        }
        return RandomWeights.matrix(matrix.name(), ElementType.Q4_0, matrix.rows(), columns, values);
    }

    private int compile(List<String> flags) {
        String output = folder.resolve("plan.lpx").toString();
        List<String> arguments =
                new ArrayList<>(List.of("compile", "-e", "run all", "-o", output, "--target", "tornado"));
        arguments.addAll(flags);
        return execute(arguments);
    }

    private int execute(List<String> arguments) {
        return Layerplan.execute(
                arguments,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Path.of(System.getProperty("layerplan.root")));
    }
}
