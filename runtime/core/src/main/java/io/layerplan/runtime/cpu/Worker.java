package io.layerplan.runtime.cpu;

import io.layerplan.runtime.kernel.PartialAttention;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.Scratch;
import java.util.Arrays;
import java.util.Objects;

/// What belongs to one worker: scratch arrays, and the inputs it has normalised in the current launch.
final class Worker {
    private final Scratch scratch = new Scratch();
    private final PartialAttention partialAttention = new PartialAttention();
    private float[][] inputs = new float[0][];
    private QuantisedRow[][] codes = new QuantisedRow[0][];
    private long[] preparedIn = new long[0];
    private long[] quantisedIn = new long[0];

    Scratch scratch() {
        return scratch;
    }

    /// Where a group of rows collects what it sees of the context, span after span.
    PartialAttention partialAttention() {
        return partialAttention;
    }

    /// Room for input number `slot` of a launch.
    float[] reserveInput(int slot, int size) {
        reserve(slot);
        if (inputs[slot] == null || inputs[slot].length < size) {
            inputs[slot] = new float[size];
        }
        return inputs[slot];
    }

    /// Room for `rows` rows of input number `slot` as codes.
    QuantisedRow[] reserveCodes(int slot, int rows) {
        reserve(slot);
        int before = codes[slot] == null ? 0 : codes[slot].length;
        if (before < rows) {
            codes[slot] = before == 0 ? new QuantisedRow[rows] : Arrays.copyOf(codes[slot], rows);
            Arrays.setAll(codes[slot], i -> i < before ? codes[slot][i] : new QuantisedRow());
        }
        return codes[slot];
    }

    private void reserve(int slot) {
        if (slot >= inputs.length) {
            inputs = Arrays.copyOf(inputs, slot + 1);
            codes = Arrays.copyOf(codes, slot + 1);
            preparedIn = Arrays.copyOf(preparedIn, slot + 1);
            quantisedIn = Arrays.copyOf(quantisedIn, slot + 1);
        }
    }

    /// The rows of an input as this worker has quantised them.
    QuantisedRow[] codes(int slot) {
        return codes[slot];
    }

    /// The input as this worker has prepared it.
    float[] input(int slot) {
        return inputs[slot];
    }

    /// Whether the input has been prepared in dispatch number `dispatch`.
    boolean hasPrepared(int slot, long dispatch) {
        return slot < preparedIn.length && preparedIn[slot] == dispatch;
    }

    void prepared(int slot, long dispatch) {
        preparedIn[slot] = dispatch;
    }

    /// Whether the input has been quantised to codes in dispatch number `dispatch`. Some products of a launch may take
    /// codes and others floats of the same input.
    boolean hasQuantised(int slot, long dispatch) {
        return slot < quantisedIn.length && quantisedIn[slot] == dispatch;
    }

    void quantised(int slot, long dispatch) {
        quantisedIn[slot] = dispatch;
    }

    /// Bytes held.
    long bytes() {
        long held = Arrays.stream(codes)
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .mapToLong(QuantisedRow::bytes)
                .sum();
        return scratch.bytes()
                + partialAttention.bytes()
                + held
                + Arrays.stream(inputs)
                        .mapToLong(array -> array == null ? 0 : 4L * array.length)
                        .sum();
    }
}
