package io.layerplan.runtime.cpu;

import io.layerplan.runtime.kernel.PartialAttention;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.Scratch;
import java.util.Arrays;
import java.util.Objects;

/// What belongs to one worker: scratch arrays, and the inputs it has normalised in the current stage.
final class Worker {
    private final Scratch scratch = new Scratch();
    private final PartialAttention partialAttention = new PartialAttention();
    private float[][] inputs = new float[0][];
    private QuantisedRow[][] codes = new QuantisedRow[0][];
    private long[] preparedIn = new long[0];
    private long[] quantisedIn = new long[0];
    private long stage;

    /// Begins a stage: what was prepared for the one before is out of date.
    ///
    /// @param number the stage's, from 1
    void begin(long number) {
        stage = number;
    }

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

    /// Whether the input has been prepared in this stage.
    boolean hasPrepared(int slot) {
        return slot < preparedIn.length && preparedIn[slot] == stage;
    }

    void prepared(int slot) {
        preparedIn[slot] = stage;
    }

    /// Whether the input has been quantised to codes in this stage. Some products of a launch may take codes and others
    /// floats of the same input.
    boolean hasQuantised(int slot) {
        return slot < quantisedIn.length && quantisedIn[slot] == stage;
    }

    void quantised(int slot) {
        quantisedIn[slot] = stage;
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
