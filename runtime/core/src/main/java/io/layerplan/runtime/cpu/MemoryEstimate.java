package io.layerplan.runtime.cpu;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.cpu.machine.MemorySize;
import io.layerplan.runtime.kernel.KeyValueBlocks;
import io.layerplan.runtime.kernel.QuantisedPanels;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.grouped.GroupedLayout;
import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.program.WeightUses;
import java.lang.foreign.MemorySegment;
import java.util.Set;

/// What a run will take, known before anything is allocated.
///
/// @param weights     bytes of the weights that the program uses, mapped from a file
/// @param repacked    bytes of those among them that are repacked, and lie in memory a second time
/// @param keyValues   bytes of keys and values when the sequence has filled the context
/// @param activations bytes of buffers and scratch for a full batch
public record MemoryEstimate(long weights, long repacked, long keyValues, long activations) {
    /// The estimate for a program under some options.
    ///
    /// @param source  whose weights may have been repacked when the program was compiled
    /// @param kernels what it will be computed with
    public static MemoryEstimate of(Program program, WeightSource source, CpuOptions options, RowKernels kernels) {
        long weights = 0;
        long repacked = 0;
        Set<Integer> products = WeightUses.of(program).products();
        for (WeightReference weight : program.weights()) {
            long stored =
                    source.stored(weight.name()).map(MemorySegment::byteSize).orElse(0L);
            weights += stored > 0 ? stored : weight.rows() * weight.type().rowBytes(weight.columns());
            if (stored == 0 && products.contains(weight.id()) && kernels.takesGroups(program.mode(), weight.type())) {
                repacked += GroupedLayout.of(weight.type()).orElseThrow().bytes(weight.rows(), weight.columns());
            }
        }
        long keyValues = 0;
        for (KvSlot slot : program.slots()) {
            var heads = SlotHeads.of(program, slot);
            keyValues += KeyValueBlocks.bytes(heads.count(), heads.size(), options.context(), options.kv());
        }
        long batch = Math.min(options.batch(), options.context());
        long activations = 0;
        long widest = 0;
        for (Buffer buffer : program.buffers()) {
            long rows = buffer.rows() == Buffer.Rows.TOKENS ? batch : 1;
            activations += rows * buffer.width() * Float.BYTES;
            widest = Math.max(widest, buffer.rows() == Buffer.Rows.TOKENS ? buffer.width() : 0);
        }
        long packed = 2 * batch * widest * Float.BYTES;
        if (program.mode() == NumericMode.Q8 && kernels.packsCodes()) {
            packed += QuantisedPanels.bytes(2 * batch * widest);
        }
        return new MemoryEstimate(weights, repacked, keyValues, activations + packed);
    }

    public long total() {
        return weights + repacked + keyValues + activations;
    }

    /// Refuses a run whose keys, values, activations and repacked weights do not fit; the other weights are mapped, and
    /// need not stay in memory.
    ///
    /// @param heap    bytes that the JVM can still take
    /// @param machine bytes that the machine can still give
    /// @throws InputException with the figures
    public void requireFits(long heap, long machine) {
        if (repacked + keyValues + activations > machine && keyValues + activations <= Math.min(heap, machine)) {
            throw new InputException(
                    "the run needs %s to repack weights, beside %s for keys, values and activations, and the machine has %s"
                            .formatted(
                                    MemorySize.human(repacked),
                                    MemorySize.human(keyValues + activations),
                                    MemorySize.human(machine)),
                    "run with `--no-repack`, which is slower, or free some memory");
        }
        if (keyValues + activations > Math.min(heap, machine)) {
            boolean jvm = heap < machine;
            throw new InputException(
                    "the run needs %s for keys and values and %s for activations, and the %s has %s"
                            .formatted(
                                    MemorySize.human(keyValues),
                                    MemorySize.human(activations),
                                    jvm ? "JVM" : "machine",
                                    MemorySize.human(Math.min(heap, machine))),
                    jvm
                            ? "ask for a smaller context, store keys and values as F16 (`--kv f16`), or give the JVM "
                                    + "more with `-Xmx`"
                            : "ask for a smaller context, store keys and values as F16 (`--kv f16`), or free some "
                                    + "memory");
        }
    }

    /// Bytes the heap can still take.
    static long freeHeap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }
}
