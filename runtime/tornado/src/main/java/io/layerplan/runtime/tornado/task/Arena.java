package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.InputException;
import java.util.Locale;

/// Hands out the elements of an array on the device.
final class Arena {
    /// The most elements of an array.
    static final long MOST = Integer.MAX_VALUE - 64L;

    private final String what;
    private long size;

    /// @param what holds the array, for messages: `the weights`
    Arena(String what) {
        this.what = what;
    }

    /// The offset of `elements` more.
    ///
    /// @throws InputException if the array would be longer than arrays can be
    int take(long elements) {
        long offset = size;
        size = Math.addExact(size, elements);
        if (size > MOST) {
            throw new InputException(
                    String.format(
                            Locale.ROOT,
                            "%s take more than %.1f GB, the most of one array on a device",
                            what,
                            MOST * 4e-9),
                    "use a smaller model or a smaller `--ctx`, or run with `--backend cpu`");
        }
        return (int) offset;
    }

    /// At least 1: an array on a device is never empty.
    int size() {
        return (int) Math.max(1, size);
    }
}
