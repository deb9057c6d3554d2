package io.layerplan.runtime.cpu.weight;

import io.layerplan.runtime.backend.WeightLayout;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.kernel.grouped.GroupedRows;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.program.WeightUses;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/// The weights of a program that are multiplied in groups of rows ([GroupedLayout]), so that they need not be repacked
/// whenever the program is bound.
public final class GroupedWeights implements WeightLayout {
    private static final String NAME = "grouped-5";

    /// About what is in memory at a time while a weight is written.
    private static final long PART_BYTES = 1 << 24;

    private final Set<String> products = new HashSet<>();
    private final Set<String> tables = new HashSet<>();

    private GroupedWeights(Program program) {
        WeightUses uses = WeightUses.of(program);
        for (WeightReference weight : program.weights()) {
            if (uses.products().contains(weight.id()) && isGrouped(program.mode(), weight)) {
                products.add(weight.name());
            }
            if (uses.tables().contains(weight.id())) {
                tables.add(weight.name());
            }
        }
    }

    /// A vector might be a gain besides.
    private static boolean isGrouped(NumericMode mode, WeightReference weight) {
        return weight.rows() > 1 && GroupedLayout.of(mode, weight.type()).isPresent();
    }

    /// That of a program; empty if it has no such weights.
    public static Optional<GroupedWeights> of(Program program) {
        return Optional.of(new GroupedWeights(program)).filter(layout -> !layout.products.isEmpty());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public OptionalLong bytes(WeightReference weight) {
        return products.contains(weight.name())
                ? OptionalLong.of(layout(weight.type()).bytes(weight.rows(), weight.columns()))
                : OptionalLong.empty();
    }

    private static GroupedLayout layout(ElementType type) {
        return GroupedLayout.of(type).orElseThrow();
    }

    @Override
    public boolean needsFile(WeightReference weight) {
        // A row of bytes is the same to the bit from either layout.
        return tables.contains(weight.name()) && layout(weight.type()).hasIntegers();
    }

    @Override
    public Iterable<MemorySegment> parts(Matrix weight) {
        GroupedLayout layout = layout(weight.type());
        long groupBytes = layout.groupBytes(weight.columns());
        int rows = GroupedLayout.ROWS * Math.clamp(PART_BYTES / groupBytes, 1, 1 << 16);
        MemorySegment buffer = Arena.ofAuto()
                .allocate(
                        Math.min(layout.bytes(rows, weight.columns()), layout.bytes(weight.rows(), weight.columns())));
        return () -> part(weight, layout, rows, buffer);
    }

    private static Iterator<MemorySegment> part(Matrix weight, GroupedLayout layout, int rows, MemorySegment buffer) {
        return IntStream.range(0, Math.ceilDiv(weight.rows(), rows))
                .mapToObj(part -> {
                    Matrix some = weight.rows(part * rows, Math.min(rows, weight.rows() - part * rows));
                    MemorySegment bytes = buffer.asSlice(0, layout.bytes(some.rows(), some.columns()));
                    bytes.fill((byte) 0);
                    GroupedRows.write(some, layout, bytes);
                    return bytes;
                })
                .iterator();
    }
}
