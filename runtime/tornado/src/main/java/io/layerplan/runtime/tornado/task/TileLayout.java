package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.backend.WeightLayout;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.program.WeightUses;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// The matrices of a program in the tiles of their [DeviceFormat], so that they need not be packed whenever the program
/// is opened: the words of the tiles, then those of the second plane. They are the same for every device, context and
/// shape of workgroups. Gains and biases stay as they lie in the file.
public final class TileLayout implements WeightLayout {
    private static final String NAME = "tiles-1";

    private final Set<String> matrices = new HashSet<>();
    private final Set<String> vectors = new HashSet<>();

    public TileLayout(Program program) {
        WeightUses uses = WeightUses.of(program);
        for (WeightReference weight : program.weights()) {
            boolean matrix =
                    uses.products().contains(weight.id()) || uses.tables().contains(weight.id());
            (matrix ? matrices : vectors).add(weight.name());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public OptionalLong bytes(WeightReference weight) {
        DeviceFormat format = DeviceFormat.of(weight.type());
        return matrices.contains(weight.name())
                ? OptionalLong.of(bytes(format, weight.rows(), weight.columns()))
                : OptionalLong.empty();
    }

    private static long bytes(DeviceFormat format, int rows, int columns) {
        return Integer.BYTES * (format.words(rows, columns) + format.scales(rows, columns));
    }

    @Override
    public boolean needsFile(WeightReference weight) {
        return vectors.contains(weight.name());
    }

    @Override
    public Iterable<MemorySegment> parts(Matrix weight) {
        DeviceFormat format = DeviceFormat.of(weight.type());
        int rows = weight.rows();
        int columns = weight.columns();
        MemorySegment whole = Arena.ofAuto().allocate(bytes(format, rows, columns), Integer.BYTES);
        int second = Math.toIntExact(format.words(rows, columns));
        WeightPacking.pack(weight, new DeviceMatrix(0, format, rows, columns, 0, second), whole);
        return List.of(whole);
    }

    /// Puts a matrix in this layout where it belongs.
    ///
    /// @param stored its bytes
    /// @param target the array of words, or of floats for [DeviceFormat#F32]
    /// @throws IllegalArgumentException if it has another size
    public static void copy(MemorySegment stored, DeviceMatrix place, MemorySegment target) {
        DeviceFormat format = place.format();
        if (stored.byteSize() != bytes(format, place.rows(), place.columns())) {
            throw new IllegalArgumentException(
                    "%s takes other than %d bytes".formatted(place.text(), stored.byteSize()));
        }
        long first = Integer.BYTES * format.words(place.rows(), place.columns());
        MemorySegment.copy(stored, 0, target, (long) Integer.BYTES * place.a(), first);
        MemorySegment.copy(stored, first, target, (long) Integer.BYTES * place.d(), stored.byteSize() - first);
    }
}
