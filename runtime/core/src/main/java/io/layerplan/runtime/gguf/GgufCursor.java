package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.CharacterCodingException;

/// A position in a file that moves forward and never past the end.
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

    int int32(Place place) {
        return bytes.get(LittleEndian.INT, advance(Integer.BYTES, place));
    }

    /// A 64-bit number without a sign; those of 2⁶³ and more come out negative.
    long int64(Place place) {
        return bytes.get(LittleEndian.LONG, advance(Long.BYTES, place));
    }

    /// A value of type `type`, as [LittleEndian#integer].
    long integer(ValueType type, Place place) {
        return LittleEndian.integer(bytes, type, advance(type.bytes(), place));
    }

    /// A value of type `type`, as [LittleEndian#real].
    double real(ValueType type, Place place) {
        return LittleEndian.real(bytes, type, advance(type.bytes(), place));
    }

    /// A number of things of at least `smallest` bytes each, all of which still fit into the file.
    long count(Place place, int smallest) {
        long count = int64(place);
        if (count < 0 || count > left() / smallest) {
            throw new InputException(
                    "`%s`: %s is %s, more than fit into the %d bytes that follow"
                            .formatted(source, place, Long.toUnsignedString(count), left()),
                    GgufFile.DAMAGED);
        }
        return count;
    }

    String string(Place place) {
        int length = Math.toIntExact(length(place));
        try {
            return LittleEndian.utf8(bytes, advance(length, place), length);
        } catch (CharacterCodingException e) {
            throw new InputException("`%s`: %s is no UTF-8".formatted(source, place), GgufFile.DAMAGED, e);
        }
    }

    /// The next `length` bytes.
    MemorySegment take(long length, Place place) {
        return bytes.asSlice(advance(length, place), length);
    }

    /// The next `count` strings, with their lengths before them.
    MemorySegment takeStrings(long count, Place place) {
        long start = position;
        for (long i = 0; i < count; i++) {
            advance(length(place), place);
        }
        return bytes.asSlice(start, position - start);
    }

    /// The length of a string, all bytes of which are there.
    private long length(Place place) {
        long length = int64(place);
        if (length < 0 || length > left()) {
            throw ends(place);
        }
        if (length > Integer.MAX_VALUE - Long.BYTES) {
            throw new InputException(
                    "`%s`: %s is a string of %d bytes".formatted(source, place, length), GgufFile.DAMAGED);
        }
        return length;
    }

    /// Moves on by `length` bytes, all of which are there.
    ///
    /// @return the position before
    private long advance(long length, Place place) {
        if (length > left()) {
            throw ends(place);
        }
        long before = position;
        position += length;
        return before;
    }

    private long left() {
        return bytes.byteSize() - position;
    }

    private InputException ends(Place place) {
        return new InputException("`%s` ends inside %s".formatted(source, place), GgufFile.DAMAGED);
    }
}
