package io.layerplan.runtime.cpu.pass;

import io.layerplan.runtime.kernel.PartialAttention;
import io.layerplan.runtime.kernel.QuantisedRow;
import io.layerplan.runtime.kernel.ScaledRow;
import io.layerplan.runtime.kernel.Scratch;
import java.util.Arrays;

/// What belongs to one worker: scratch arrays, and the inputs it has prepared in the current stage.
public final class Worker {
    private final Scratch scratch = new Scratch();
    private final PartialAttention partialAttention = new PartialAttention();
    private final PreparedRows<QuantisedRow> codes = new PreparedRows<>(QuantisedRow::new);
    private final PreparedRows<ScaledRow> scaled = new PreparedRows<>(ScaledRow::new);
    private float[][] inputs = new float[0][];
    private long[] preparedIn = new long[0];
    private long stage;

    /// Begins a stage: what was prepared for the one before is out of date.
    ///
    /// @param number the stage's, from 1
    void begin(long number) {
        stage = number;
        codes.begin(number);
        scaled.begin(number);
    }

    public Scratch scratch() {
        return scratch;
    }

    /// Where a group of rows collects what it sees of the context, span after span.
    public PartialAttention partialAttention() {
        return partialAttention;
    }

    /// Inputs as codes.
    public PreparedRows<QuantisedRow> codes() {
        return codes;
    }

    /// Inputs scaled.
    public PreparedRows<ScaledRow> scaled() {
        return scaled;
    }

    /// Room for input number `slot` of a launch as floats.
    public float[] reserveInput(int slot, int size) {
        if (slot >= inputs.length) {
            inputs = Arrays.copyOf(inputs, slot + 1);
            preparedIn = Arrays.copyOf(preparedIn, slot + 1);
        }
        if (inputs[slot] == null || inputs[slot].length < size) {
            inputs[slot] = new float[size];
        }
        return inputs[slot];
    }

    /// The input as this worker has prepared it.
    public float[] input(int slot) {
        return inputs[slot];
    }

    /// Whether the input has been prepared as floats in this stage.
    public boolean hasPrepared(int slot) {
        return slot < preparedIn.length && preparedIn[slot] == stage;
    }

    public void prepared(int slot) {
        preparedIn[slot] = stage;
    }

    /// Bytes held.
    long bytes() {
        return scratch.bytes()
                + partialAttention.bytes()
                + codes.bytes(QuantisedRow::bytes)
                + scaled.bytes(ScaledRow::bytes)
                + Arrays.stream(inputs)
                        .mapToLong(array -> array == null ? 0 : 4L * array.length)
                        .sum();
    }
}
