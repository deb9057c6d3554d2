package io.layerplan.runtime.cpu.weight;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.kernel.scalar.ScalarDequantize;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program's weights, looked up once and checked against what the program was compiled for. A weight is there as it
/// lies in the model's file, repacked in groups of rows, or both.
public final class Weights {
    private static final String OTHER_MODEL = "run the plan with the model that it was compiled for";

    private final List<WeightReference> references;
    private final @Nullable Matrix[] matrices;
    private final @Nullable MemorySegment[] grouped;

    /// @param kernels what repacked weights are for
    public Weights(Program program, WeightSource source, RowKernels kernels) {
        references = program.weights();
        matrices = new @Nullable Matrix[references.size()];
        grouped = new @Nullable MemorySegment[references.size()];
        for (WeightReference reference : references) {
            Matrix matrix = source.matrix(reference.name());
            Optional<MemorySegment> stored = source.stored(reference.name());
            if (matrix == null && stored.isEmpty()) {
                throw missing(reference);
            }
            if (matrix != null) {
                check(reference, matrix);
                matrices[reference.id()] = matrix;
            }
            if (stored.isPresent()) {
                check(reference, stored.get());
                if (kernels.takesGroups(program.mode(), reference.type())) {
                    grouped[reference.id()] = stored.get();
                } else if (matrix == null) {
                    throw noGroups(reference, kernels);
                }
            }
        }
    }

    private static void check(WeightReference reference, Matrix matrix) {
        if (matrix.type() != reference.type()
                || matrix.rows() != reference.rows()
                || matrix.columns() != reference.columns()) {
            throw new InputException(
                    String.format(
                            Locale.ROOT,
                            "weight `%s` is %s, %d x %d; the program was compiled for %s, %d x %d",
                            reference.name(),
                            matrix.type().label(),
                            matrix.rows(),
                            matrix.columns(),
                            reference.type().label(),
                            reference.rows(),
                            reference.columns()),
                    OTHER_MODEL);
        }
    }

    private static void check(WeightReference reference, MemorySegment stored) {
        long expected = GroupedLayout.of(reference.type())
                .map(layout -> layout.bytes(reference.rows(), reference.columns()))
                .orElse(0L);
        if (stored.byteSize() != expected) {
            throw new InputException(
                    String.format(
                            Locale.ROOT,
                            "weight `%s` was repacked into %d bytes, and the program takes %d",
                            reference.name(),
                            stored.byteSize(),
                            expected),
                    "compile the plan again");
        }
    }

    private static InputException missing(WeightReference reference) {
        return new InputException("the model has no weight `%s`".formatted(reference.name()), OTHER_MODEL);
    }

    private static InputException noGroups(WeightReference reference, RowKernels kernels) {
        return new InputException(
                "weight `%s` was repacked in groups of rows, which %s kernels do not take"
                        .formatted(reference.name(), kernels.name()),
                "leave `--no-repack` out, start the JVM with `--add-modules jdk.incubator.vector`, or compile the plan "
                        + "without `--pack`");
    }

    /// What the program says of a weight.
    public WeightReference reference(int id) {
        return references.get(id);
    }

    /// Whether a weight is there as it lies in the model's file.
    public boolean isInFile(int id) {
        return matrices[id] != null;
    }

    /// A weight as it lies in the model's file.
    ///
    /// @throws InputException if it is there in another form only
    public Matrix matrix(int id) {
        Matrix matrix = matrices[id];
        if (matrix == null) {
            throw missing(references.get(id));
        }
        return matrix;
    }

    /// A weight that was repacked when the program was compiled.
    public Optional<MemorySegment> grouped(int id) {
        return Optional.ofNullable(grouped[id]);
    }

    /// A gain, a bias or a list of factors.
    ///
    /// @param size how many elements it must have
    public float[] vector(int id, int size) {
        Matrix matrix = matrix(id);
        if (matrix.rows() != 1 || matrix.columns() != size) {
            throw new IllegalArgumentException("w%d `%s` is %d x %d, not a vector of %d"
                    .formatted(id, matrix.name(), matrix.rows(), matrix.columns(), size));
        }
        return ScalarDequantize.row(matrix, 0);
    }
}
