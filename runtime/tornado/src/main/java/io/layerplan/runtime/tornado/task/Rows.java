package io.layerplan.runtime.tornado.task;

import io.layerplan.runtime.program.Buffer;

/// Rows of activations on the device.
///
/// @param offset where row 0 begins
/// @param stride from one row to the next
/// @param width  elements of a row
/// @param kind   what a row stands for
public record Rows(int offset, int stride, int width, Buffer.Rows kind) {
    /// Whether an element is in both; rows of one buffer have one stride.
    boolean overlaps(Rows other) {
        int distance = Math.abs(offset - other.offset);
        boolean oneBuffer = stride == other.stride && distance < stride;
        return oneBuffer && offset < other.offset + other.width && other.offset < offset + width;
    }

    String text() {
        return "%s[%d..+%d by %d]".formatted(kind == Buffer.Rows.TOKENS ? "t" : "o", offset, width, stride);
    }
}
