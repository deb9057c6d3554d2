package io.layerplan.runtime.cpu;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.kernel.scalar.ScalarDequantize;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.tensor.Matrix;
import java.util.Locale;
import java.util.function.Function;

/// A program's weights, looked up once and checked against what the program was compiled for.
final class Weights {
    private final Matrix[] matrices;

    /// @param source the model's weight of a name; null where it has none
    Weights(Program program, Function<String, ? extends @org.jspecify.annotations.Nullable Matrix> source) {
        matrices = new Matrix[program.weights().size()];
        for (WeightReference reference : program.weights()) {
            Matrix matrix = source.apply(reference.name());
            if (matrix == null) {
                throw new InputException(
                        "the model has no weight `%s`".formatted(reference.name()),
                        "run the plan with the model that it was compiled for");
            }
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
                        "run the plan with the model that it was compiled for");
            }
            matrices[reference.id()] = matrix;
        }
    }

    Matrix matrix(int id) {
        return matrices[id];
    }

    /// A gain, a bias or a list of factors.
    ///
    /// @param size how many elements it must have
    float[] vector(int id, int size) {
        Matrix matrix = matrices[id];
        if (matrix.rows() != 1 || matrix.columns() != size) {
            throw new IllegalArgumentException("w%d `%s` is %d x %d, not a vector of %d"
                    .formatted(id, matrix.name(), matrix.rows(), matrix.columns(), size));
        }
        return ScalarDequantize.row(matrix, 0);
    }
}
