package io.layerplan.compiler.lower;

import io.layerplan.compiler.graph.Value;
import io.layerplan.compiler.graph.ValueType.Activations;
import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Buffer.Rows;
import io.layerplan.runtime.program.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives each value of activations a place in a buffer for as long as it lives. A value takes the narrowest free buffer
/// that it fits into, else it widens the widest free one, else it gets a new one.
final class BufferPlan {
    private static final class Slot {
        final int id;
        final Rows rows;
        int width;
        boolean free;

        Slot(int id, Rows rows, int width) {
            this.id = id;
            this.rows = rows;
            this.width = width;
        }
    }

    private final List<Slot> slots = new ArrayList<>();
    private final Map<Value, Slot> places = new HashMap<>();

    /// A place for `value`, which begins to live.
    View allocate(Value value) {
        Activations type = (Activations) value.type();
        Slot slot = findFree(type).orElseGet(() -> {
            Slot added = new Slot(slots.size(), type.rows(), type.width());
            slots.add(added);
            return added;
        });
        slot.free = false;
        slot.width = Math.max(slot.width, type.width());
        places.put(value, slot);
        return view(value);
    }

    private Optional<Slot> findFree(Activations type) {
        List<Slot> free = slots.stream()
                .filter(slot -> slot.free && slot.rows == type.rows())
                .sorted(Comparator.comparingInt(slot -> slot.width))
                .toList();
        return free.stream()
                .filter(slot -> slot.width >= type.width())
                .findFirst()
                .or(() -> free.isEmpty() ? Optional.empty() : Optional.of(free.getLast()));
    }

    /// Where `value` lies.
    View view(Value value) {
        Slot slot = places.get(value);
        if (slot == null) {
            throw new IllegalStateException(value + " has no buffer");
        }
        return new View(slot.id, 0, ((Activations) value.type()).width());
    }

    /// `value` is read no more.
    void release(Value value) {
        Slot slot = places.get(value);
        if (slot != null) {
            slot.free = true;
        }
    }

    List<Buffer> buffers() {
        return slots.stream()
                .map(slot -> new Buffer(slot.id, slot.rows, slot.width))
                .toList();
    }
}
