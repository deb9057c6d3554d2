package io.layerplan.runtime.cpu.weight;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.machine.MemorySize;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.kernel.grouped.GroupedRows;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.program.WeightUses;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/// The weights of a program that are repacked in groups of rows when it is bound, all in one piece of memory. Linux
/// gives pages of 2 MB to memory that has such a page whole when it is first written. Weights smaller than that, each
/// in memory of its own, lay in pages of 4 kB, at whose ends processors stop to read ahead.
public final class RepackedWeights {
    /// A line of the cache.
    private static final int ALIGNMENT = 64;

    private final MemorySegment room;
    private long used;

    public RepackedWeights(Program program, Weights weights, RowKernels kernels) {
        Set<Integer> products = WeightUses.of(program).products();
        long bytes = 0;
        for (WeightReference weight : program.weights()) {
            int id = weight.id();
            if (products.contains(id)
                    && kernels.takesGroups(program.mode(), weight.type())
                    && weights.grouped(id).isEmpty()) {
                bytes = Math.addExact(bytes, padded(layout(weight.type()).bytes(weight.rows(), weight.columns())));
            }
        }
        room = bytes == 0 ? MemorySegment.NULL : allocate(bytes);
    }

    /// Memory outside the heap, of which the JVM gives as much as its bound for direct memory lets it.
    ///
    /// @throws InputException where that is not enough
    public static MemorySegment allocate(long bytes) {
        try {
            return Arena.ofAuto().allocate(bytes, ALIGNMENT);
        } catch (OutOfMemoryError e) {
            throw new InputException(
                    "the run needs %s to repack weights, which the JVM may not take: %s"
                            .formatted(MemorySize.human(bytes), e.getMessage()),
                    "run with `--no-repack`, which is slower, or let the JVM have more with `-XX:MaxDirectMemorySize`");
        }
    }

    /// Repacks one of these weights, once.
    public MemorySegment write(Matrix weight) {
        GroupedLayout layout = layout(weight.type());
        MemorySegment target = room.asSlice(used, layout.bytes(weight.rows(), weight.columns()));
        used += padded(target.byteSize());
        GroupedRows.write(weight, layout, target);
        return target;
    }

    private static GroupedLayout layout(ElementType type) {
        return GroupedLayout.of(type).orElseThrow();
    }

    private static long padded(long bytes) {
        return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    }
}
