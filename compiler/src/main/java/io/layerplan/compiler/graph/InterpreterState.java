package io.layerplan.compiler.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The keys and values that an interpreter has seen, by slot, as rows of all positions.
final class InterpreterState {
    /// The keys and the values of a slot, `positions x width` each.
    static final class Slot {
        final float[] keys;
        final float[] values;

        private Slot(float[] keys, float[] values) {
            this.keys = keys;
            this.values = values;
        }

        private Slot append(float[] moreKeys, float[] moreValues) {
            return new Slot(concatenated(keys, moreKeys), concatenated(values, moreValues));
        }

        private static float[] concatenated(float[] first, float[] second) {
            float[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }
    }

    private final Map<Integer, Slot> slots = new HashMap<>();

    /// The slot with a batch's keys and values appended.
    Slot append(int slot, float[] keys, float[] values) {
        Slot grown =
                slots.getOrDefault(slot, new Slot(new float[0], new float[0])).append(keys, values);
        slots.put(slot, grown);
        return grown;
    }
}
