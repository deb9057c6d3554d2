package io.layerplan.runtime.program.text;

import io.layerplan.runtime.program.View;

/// What a kernel reads or writes: columns `from .. to - 1` of a buffer, or the keys or values of a slot.
public record Region(Space space, int id, int from, int to) {
    /// Where it lies.
    public enum Space {
        BUFFER,
        KEYS,
        VALUES
    }

    /// The columns of a view.
    public static Region of(View view) {
        return new Region(Space.BUFFER, view.buffer(), view.offset(), view.offset() + view.width());
    }

    static Region keys(int slot) {
        return new Region(Space.KEYS, slot, 0, 1);
    }

    static Region values(int slot) {
        return new Region(Space.VALUES, slot, 0, 1);
    }

    /// Whether a column is in both.
    public boolean overlaps(Region other) {
        return space == other.space && id == other.id && from < other.to && other.from < to;
    }

    @Override
    public String toString() {
        return switch (space) {
            case BUFFER -> "`b%d[%d..%d]`".formatted(id, from, to - 1);
            case KEYS -> "`kv%d.keys`".formatted(id);
            case VALUES -> "`kv%d.values`".formatted(id);
        };
    }
}
