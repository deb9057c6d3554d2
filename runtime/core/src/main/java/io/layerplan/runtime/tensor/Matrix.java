package io.layerplan.runtime.tensor;

import java.lang.foreign.MemorySegment;

/// A weight, row after row, as it lies in the file: `rows` x `columns` elements of `type`. A vector (a norm's gain, a
/// bias) has one row. The rows of a projection are its outputs, the columns its inputs: `y[r] = Σ_c data[r, c] · x[c]`.
///
/// @param data read-only, exactly `rows * type.rowBytes(columns)` bytes
public record Matrix(String name, ElementType type, int rows, int columns, MemorySegment data) {
    public Matrix {
        long expected = Math.multiplyExact(rows, type.rowBytes(columns));
        if (rows < 1 || columns < 1 || data.byteSize() != expected) {
            throw new IllegalArgumentException("%s: %d x %d %s takes %d bytes, not %d"
                    .formatted(name, rows, columns, type, expected, data.byteSize()));
        }
    }

    /// Bytes of one row.
    public long rowBytes() {
        return type.rowBytes(columns);
    }

    /// The bytes of row `row`.
    public MemorySegment row(int row) {
        return data.asSlice(row * rowBytes(), rowBytes());
    }

    /// Some of the rows, over the same bytes.
    public Matrix rows(int from, int count) {
        return new Matrix(name, type, count, columns, data.asSlice(from * rowBytes(), count * rowBytes()));
    }
}
