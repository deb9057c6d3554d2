package io.layerplan.compiler.draw;

import io.layerplan.runtime.program.View;

/// What a kernel reads or writes: columns `from .. to - 1` of a buffer, or the keys or values of a slot.
record Region(Space space, int id, int from, int to) {
    enum Space {
        BUFFER,
        KEYS,
        VALUES
    }

    /// What is written and read as one: a buffer, or a slot's keys or values.
    record Store(Space space, int id) {}

    static Region of(View view) {
        return new Region(Space.BUFFER, view.buffer(), view.offset(), view.offset() + view.width());
    }

    static Region keys(int slot) {
        return new Region(Space.KEYS, slot, 0, 1);
    }

    static Region values(int slot) {
        return new Region(Space.VALUES, slot, 0, 1);
    }

    Store store() {
        return new Store(space, id);
    }

    boolean overlaps(Region other) {
        return store().equals(other.store()) && from < other.to && other.from < to;
    }
}
