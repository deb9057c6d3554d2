package io.layerplan.runtime.cpu;

import io.layerplan.runtime.cpu.weight.Weights;
import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.MatrixKernel;
import io.layerplan.runtime.kernel.PartialAttention;
import io.layerplan.runtime.kernel.QuantisedMatrixKernel;
import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.QueryRows;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.ScaledMatrixKernel;
import io.layerplan.runtime.kernel.ScaledRow;
import io.layerplan.runtime.kernel.Scratch;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.program.WeightUses;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Has the JVM compile the kernels that every token needs, or those that a long prompt does, on a few rows of the
/// weights, before the first launch: until then vector operations are a hundred times slower, and the JVM would spend
/// its compilers on their slow form. It pays where the JVM compiles a kernel after a few calls and lets the caller
/// wait, as the launcher tells it to; elsewhere it is left out. No result depends on it.
final class KernelWarmUp {
    private static final String PROPERTY = "layerplan.warmUp";
    /// Enough for the JVM to compile a kernel as it stays.
    private static final int CALLS = 24;

    private static final int ROWS = 8;

    /// Rows of a weight that lies in groups of them: two groups.
    private static final int GROUPED_ROWS = 2 * GroupedLayout.ROWS;

    /// Columns of a call, about: few, since the slow form of vector operations is what a call takes its time for.
    private static final int COLUMNS = 64;

    private KernelWarmUp() {}

    /// Whether this JVM was started for it, and a prompt of `tokens` tokens, 0 if unknown, goes through kernels that
    /// are compiled here: single tokens', and products of packed codes.
    static boolean isWanted(RowKernels kernels, int tokens) {
        return Boolean.getBoolean(PROPERTY) && tokens > 0 && (tokens < kernels.packFrom() || kernels.packsCodes());
    }

    /// Returns when the kernels are compiled that a prompt of `tokens` tokens needs first.
    static void run(Program program, Weights weights, RowKernels kernels, KeyValueFormat kv, int tokens) {
        List<Runnable> works = new ArrayList<>();
        Collection<WeightReference> formats = formats(program, weights);
        if (tokens < kernels.packFrom()) {
            formats.forEach(weight -> works.add(() -> product(program, weights, kernels, weight)));
            heads(program).forEach(shape -> works.add(() -> attention(kernels, shape, kv)));
        } else {
            // One after the other, since formats share tiles.
            works.add(() -> formats.stream()
                    .filter(weight -> takesCodes(program, kernels, weight))
                    .forEach(weight -> packedProduct(weights, kernels, weight)));
        }
        works.parallelStream().forEach(Runnable::run);
    }

    /// A weight of each format.
    private static Collection<WeightReference> formats(Program program, Weights weights) {
        Map<ElementType, WeightReference> formats = new EnumMap<>(ElementType.class);
        for (int id : WeightUses.of(program).products()) {
            WeightReference weight = weights.reference(id);
            if (weight.rows() >= ROWS) {
                formats.putIfAbsent(weight.type(), weight);
            }
        }
        return formats.values();
    }

    private static boolean takesCodes(Program program, RowKernels kernels, WeightReference weight) {
        return kernels.takesGroups(program.mode(), weight.type())
                && GroupedLayout.of(weight.type()).orElseThrow().hasIntegers();
    }

    private static Set<Heads> heads(Program program) {
        Set<Heads> heads = new LinkedHashSet<>();
        for (Launch launch : program.launches()) {
            for (Kernel job : launch.jobs()) {
                if (job instanceof Kernel.Attention(var _, var _, Heads shape, var _)) {
                    heads.add(shape);
                }
            }
        }
        return heads;
    }

    private static void product(Program program, Weights weights, RowKernels kernels, WeightReference weight) {
        MatrixKernel kernel = kernels.takesGroups(program.mode(), weight.type())
                ? someGroups(weights, kernels, weight)
                : kernels.matrix(fewColumns(weights.matrix(weight.id()), ROWS));
        int columns = kernel.columns();
        int rows = kernel.rows();
        float[] gain = new float[columns];
        float[] x = new float[columns];
        float[] y = new float[rows];
        QuantisedRow codes = new QuantisedRow();
        ScaledRow scaledRow = new ScaledRow();
        Scratch scratch = new Scratch();
        for (int call = 0; call < CALLS; call++) {
            kernels.normalize(x, 0, gain, 1e-6f, columns, x, 0);
            switch (kernel) {
                case QuantisedMatrixKernel integers -> {
                    kernels.quantize(x, 0, columns, codes);
                    integers.multiply(0, rows, codes, y, 0, scratch);
                }
                case ScaledMatrixKernel scaled -> {
                    scaled.scale(x, 0, scaledRow);
                    scaled.multiply(0, rows, scaledRow, y, 0, scratch);
                }
                default -> kernel.multiply(0, rows, x, 0, y, 0, scratch);
            }
        }
    }

    /// Many tokens' product, if it takes codes. Here one worker asks for its kernel to be compiled. In a prefill
    /// several do, of which one would wait, and the others have a part of it compiled once more.
    private static void packedProduct(Weights weights, RowKernels kernels, WeightReference weight) {
        if (someGroups(weights, kernels, weight) instanceof QuantisedMatrixKernel kernel) {
            int columns = kernel.columns();
            int rows = kernel.rows();
            int tokens = kernels.packedTokens(1);
            float[] x = new float[tokens * columns];
            float[] y = new float[tokens * rows];
            QuantisedPanels panels = new QuantisedPanels();
            panels.reserve(tokens, columns);
            Scratch scratch = new Scratch();
            for (int call = 0; call < CALLS; call++) {
                kernels.pack(x, 0, columns, 0, tokens, columns, panels);
                kernel.multiplyPacked(0, rows, panels, tokens, y, 0, rows, scratch);
            }
        }
    }

    /// Some weight of the same format, of the kind of memory that products will read it from, since code is compiled
    /// for that.
    private static MatrixKernel someGroups(Weights weights, RowKernels kernels, WeightReference weight) {
        int rows = Math.min(weight.rows(), GROUPED_ROWS);
        int columns = columns(weight.type(), weight.columns());
        return weights.grouped(weight.id())
                .map(grouped -> kernels.grouped(weight.type(), rows, columns, firstBytes(weight, rows, grouped)))
                .orElseGet(() -> kernels.grouped(fewColumns(weights.matrix(weight.id()), rows)));
    }

    private static MemorySegment firstBytes(WeightReference weight, int rows, MemorySegment grouped) {
        GroupedLayout layout = GroupedLayout.of(weight.type()).orElseThrow();
        return grouped.asSlice(0, layout.bytes(rows, columns(weight.type(), weight.columns())));
    }

    /// The first blocks of a weight, as rows of a few blocks.
    private static Matrix fewColumns(Matrix weight, int rows) {
        int columns = columns(weight.type(), weight.columns());
        MemorySegment blocks = weight.data().asSlice(0, rows * weight.type().rowBytes(columns));
        return new Matrix(weight.name(), weight.type(), rows, columns, blocks);
    }

    private static int columns(ElementType type, int all) {
        return Math.min(all, Math.max(COLUMNS, type.blockElements()));
    }

    private static void attention(RowKernels kernels, Heads heads, KeyValueFormat kv) {
        int sharing = heads.queries() / heads.keyValues();
        KeyValueBlocks blocks = new KeyValueBlocks(1, heads.size(), kv);
        blocks.reserve(1);
        float[] x = new float[sharing * heads.size()];
        QueryRows queries = new QueryRows(x, 0, x.length, 1, sharing);
        PartialAttention y = new PartialAttention();
        y.reserve(sharing, blocks.valueStride());
        Scratch scratch = new Scratch();
        for (int call = 0; call < CALLS; call++) {
            kernels.attend(queries, 0, blocks, 0, 0, KeyValueBlocks.POSITIONS, 0, 1, y, 0, scratch);
        }
    }
}
