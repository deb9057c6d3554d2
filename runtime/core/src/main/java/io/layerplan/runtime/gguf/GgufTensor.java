package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// A tensor as it lies in a file.
///
/// @param shape in ggml's order: elements of a row first, then rows, …; 1 to 4 numbers, each at least 1
/// @param data  read-only
public record GgufTensor(String name, ElementType type, List<Long> shape, MemorySegment data) {
    public GgufTensor {
        shape = List.copyOf(shape);
    }

    /// Elements of a row.
    public long columns() {
        return shape.getFirst();
    }

    /// The product of all dimensions but the first.
    public long rows() {
        return shape.stream().skip(1).reduce(1L, Math::multiplyExact);
    }

    /// For people: `f16[640, 2048]`, in ggml's order.
    public String label() {
        return type.label() + shape;
    }

    /// This tensor as a matrix of [#rows()] x [#columns()], over the same bytes.
    ///
    /// @throws InputException if a dimension exceeds 2³¹ - 1
    public Matrix matrix() {
        if (rows() > Integer.MAX_VALUE || columns() > Integer.MAX_VALUE) {
            throw new InputException("tensor %s is too large: %d x %d".formatted(Quoted.of(name), rows(), columns()));
        }
        return new Matrix(name, type, (int) rows(), (int) columns(), data);
    }
}
