package io.layerplan.runtime.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reading numbers and strings at any offset of a segment, least significant byte first.
final class LittleEndian {
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    /// The integer of type `type` at `offset`, widened to 64 bits; a `uint64` keeps its bits.
    static long integer(MemorySegment segment, ValueType type, long offset) {
        return switch (type) {
            case UINT8, BOOL -> segment.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
            case INT8 -> segment.get(ValueLayout.JAVA_BYTE, offset);
            case UINT16 -> segment.get(SHORT, offset) & 0xFFFF;
            case INT16 -> segment.get(SHORT, offset);
            case UINT32 -> Integer.toUnsignedLong(segment.get(INT, offset));
            case INT32 -> segment.get(INT, offset);
            case UINT64, INT64 -> segment.get(LONG, offset);
            case FLOAT32, FLOAT64, STRING, ARRAY -> throw new IllegalArgumentException(type.label());
        };
    }

    /// The float of type `type` at `offset`.
    static double real(MemorySegment segment, ValueType type, long offset) {
        return switch (type) {
            case FLOAT32 -> Float.intBitsToFloat(segment.get(INT, offset));
            case FLOAT64 -> Double.longBitsToDouble(segment.get(LONG, offset));
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, BOOL, STRING, ARRAY, UINT64, INT64 ->
                throw new IllegalArgumentException(type.label());
        };
    }

    /// The UTF-8 string of `length` bytes at `offset`.
    ///
    /// @throws CharacterCodingException if the bytes are no UTF-8
    static String utf8(MemorySegment segment, long offset, int length) throws CharacterCodingException {
        byte[] bytes = new byte[length];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') < 0) {
            return text;
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
