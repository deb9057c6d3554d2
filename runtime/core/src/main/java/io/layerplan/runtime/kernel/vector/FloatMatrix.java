package io.layerplan.runtime.kernel.vector;

import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import java.lang.foreign.MemorySegment;

/// A weight in groups of rows whose products with one token are formed of floats.
final class FloatMatrix extends GroupedMatrix {
    private final GroupedFloats format;

    /// @param data the matrix in `layout`
    FloatMatrix(GroupedLayout layout, int rows, int columns, MemorySegment data) {
        this(format(layout), layout, rows, columns, data);
    }

    private FloatMatrix(GroupedFloats format, GroupedLayout layout, int rows, int columns, MemorySegment data) {
        super(format, layout, rows, columns, data);
        this.format = format;
    }

    private static GroupedFloats format(GroupedLayout layout) {
        return switch (layout.type()) {
            case Q8_0 -> new GroupedQ80();
            case F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K, Q6_K ->
                throw new IllegalArgumentException(layout.toString());
        };
    }

    @Override
    public void multiply(int from, int to, float[] x, int xOffset, float[] y, int yOffset, Scratch scratch) {
        multiply(
                from,
                to,
                y,
                yOffset,
                scratch,
                (first, runs, count, sums) ->
                        format.multiply(data(), groupBytes(), columns(), first, runs, count, x, xOffset, sums));
    }
}
