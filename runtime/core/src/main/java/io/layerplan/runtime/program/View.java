package io.layerplan.runtime.program;

/// Columns `offset .. offset + width - 1` of a buffer's rows.
public record View(int buffer, int offset, int width) {
    public View {
        if (buffer < 0 || offset < 0 || width < 1) {
            throw new IllegalArgumentException("b%d[%d..+%d]".formatted(buffer, offset, width));
        }
    }
}
