package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.CharacterCodingException;

/// A place in a file that moves forward and never past the end.
final class GgufCursor {
    private final String source;
    private final MemorySegment bytes;
    private long position;

    GgufCursor(String source, MemorySegment bytes) {
        this.source = source;
        this.bytes = bytes;
    }

    long position() {
        return position;
    }

    int int32(String what) {
        return take(Integer.BYTES, what).get(LittleEndian.INT, 0);
    }

    /// A 64-bit number without a sign; those of 2⁶³ and more come out negative.
    long int64(String what) {
        return take(Long.BYTES, what).get(LittleEndian.LONG, 0);
    }

    /// A number of things of at least `smallest` bytes each, all of which still fit into the file.
    long count(String things, int smallest) {
        long count = int64("the number of " + things);
        if (count < 0 || count > left() / smallest) {
            throw new InputException("`%s`: the number of %s is %s, more than fit into the %d bytes that follow"
                    .formatted(source, things, Long.toUnsignedString(count), left()));
        }
        return count;
    }

    String string(String what) {
        long length = length(what);
        try {
            String text = LittleEndian.utf8(bytes, position, Math.toIntExact(length));
            position += length;
            return text;
        } catch (CharacterCodingException e) {
            throw new InputException("`%s`: %s is no UTF-8".formatted(source, what), "", e);
        }
    }

    /// The next `length` bytes.
    MemorySegment take(long length, String what) {
        if (length > left()) {
            throw ends(what);
        }
        MemorySegment taken = bytes.asSlice(position, length);
        position += length;
        return taken;
    }

    /// The next `count` strings, with their lengths before them.
    MemorySegment takeStrings(long count, String what) {
        long start = position;
        for (long i = 0; i < count; i++) {
            long length = length(what);
            position += length;
        }
        return bytes.asSlice(start, position - start);
    }

    /// The length of a string of which all bytes are there.
    private long length(String what) {
        if (left() < Long.BYTES) {
            throw ends(what);
        }
        long length = bytes.get(LittleEndian.LONG, position);
        position += Long.BYTES;
        if (length < 0 || length > left()) {
            throw ends(what);
        }
        if (length > Integer.MAX_VALUE - Long.BYTES) {
            throw new InputException("`%s`: %s is a string of %d bytes".formatted(source, what, length));
        }
        return length;
    }

    private long left() {
        return bytes.byteSize() - position;
    }

    private InputException ends(String what) {
        return new InputException(
                "`%s` ends inside %s".formatted(source, what), "the file is incomplete or damaged; fetch it again");
    }
}
