package io.layerplan.runtime.cpu.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// The inputs of a launch in one of the forms that products read, as one worker has prepared them for itself in the
/// current stage. Some products of a launch may take one form of an input and others another. Room is used again from
/// launch to launch.
///
/// @param <T> a row in that form
public final class PreparedRows<T> {
    private final Supplier<T> empty;
    private final List<List<T>> inputs = new ArrayList<>();
    private long[] preparedIn = new long[0];
    private long stage;

    /// @param empty a row without room
    PreparedRows(Supplier<T> empty) {
        this.empty = empty;
    }

    /// Begins a stage: what was prepared for the one before is out of date.
    ///
    /// @param number the stage's, from 1
    void begin(long number) {
        stage = number;
    }

    /// Whether input number `slot` of the launch is there.
    public boolean has(int slot) {
        return slot < preparedIn.length && preparedIn[slot] == stage;
    }

    /// At least `rows` rows to prepare input number `slot` in, which is there from now on.
    public List<T> prepare(int slot, int rows) {
        while (inputs.size() <= slot) {
            inputs.add(new ArrayList<>());
        }
        if (preparedIn.length <= slot) {
            preparedIn = Arrays.copyOf(preparedIn, slot + 1);
        }
        List<T> input = inputs.get(slot);
        while (input.size() < rows) {
            input.add(empty.get());
        }
        preparedIn[slot] = stage;
        return input;
    }

    /// Row `row` of an input that is there.
    public T row(int slot, int row) {
        return inputs.get(slot).get(row);
    }

    /// Bytes held.
    ///
    /// @param ofRow bytes of a row
    long bytes(ToLongFunction<T> ofRow) {
        return inputs.stream().flatMap(List::stream).mapToLong(ofRow).sum();
    }
}
