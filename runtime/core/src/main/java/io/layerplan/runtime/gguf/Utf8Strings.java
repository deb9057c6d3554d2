package io.layerplan.runtime.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// An array of strings as bytes, without a `String` for each: vocabularies have hundreds of thousands. String `i` is
/// `bytes()[start(i) .. end(i) - 1]` as it came: nobody has checked that it is UTF-8.
public final class Utf8Strings {
    /// The most bytes an array may have, lengths included; the vocabularies of 2025 have five million.
    static final int MOST_BYTES = 1 << 30;

    private static final int LENGTH_BYTES = Long.BYTES;

    private final byte[] bytes;
    private final int[] starts;

    /// @param bytes `count` strings, each behind its 64-bit little-endian length, which has been checked
    Utf8Strings(byte[] bytes, int count) {
        this.bytes = bytes;
        this.starts = new int[count + 1];
        ByteBuffer lengths = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = LENGTH_BYTES;
        for (int i = 0; i < count; i++) {
            starts[i] = at;
            at = Math.toIntExact(at + lengths.getLong(at - LENGTH_BYTES) + LENGTH_BYTES);
        }
        starts[count] = at;
    }

    public int size() {
        return starts.length - 1;
    }

    /// What all strings lie in, with other bytes between them; read only.
    public byte[] bytes() {
        return bytes;
    }

    /// Where string `i` begins.
    public int start(int i) {
        return starts[i];
    }

    /// One past the last byte of string `i`.
    public int end(int i) {
        return starts[i + 1] - LENGTH_BYTES;
    }

    /// String `i`; bytes that are no UTF-8 become U+FFFD.
    public String text(int i) {
        return new String(bytes, start(i), end(i) - start(i), StandardCharsets.UTF_8);
    }
}
