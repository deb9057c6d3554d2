package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.MetadataValue.Sequence;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;

/// From arrays as they lie in a file to Java values. That an array lies inside the file was checked when it was
/// opened.
final class MetadataDecoder {
    private MetadataDecoder() {}

    /// @param where the file and key, for messages
    static List<String> strings(String where, Sequence array) {
        String[] strings = new String[array.count()];
        MemorySegment data = array.data();
        long offset = 0;
        for (int i = 0; i < strings.length; i++) {
            int length = Math.toIntExact(data.get(LittleEndian.LONG, offset));
            try {
                strings[i] = LittleEndian.utf8(data, offset + Long.BYTES, length);
            } catch (CharacterCodingException e) {
                throw new InputException("%s is no UTF-8 in element %d".formatted(where, i), GgufFile.DAMAGED, e);
            }
            offset += Long.BYTES + length;
        }
        return List.of(strings);
    }

    static float[] reals(Sequence array) {
        if (array.elements() == ValueType.FLOAT32) {
            return array.data().toArray(LittleEndian.FLOAT);
        }
        float[] numbers = new float[array.count()];
        ValueType type = array.elements();
        for (int i = 0; i < numbers.length; i++) {
            long offset = (long) i * type.bytes();
            numbers[i] = (float)
                    (type.isReal()
                            ? LittleEndian.real(array.data(), type, offset)
                            : LittleEndian.integer(array.data(), type, offset));
        }
        return numbers;
    }

    /// @param where the file and key, for messages
    static int[] integers(String where, Sequence array) {
        if (array.elements() == ValueType.INT32) {
            return array.data().toArray(LittleEndian.INT);
        }
        int[] numbers = new int[array.count()];
        ValueType type = array.elements();
        for (int i = 0; i < numbers.length; i++) {
            long number = LittleEndian.integer(array.data(), type, (long) i * type.bytes());
            if (number != (int) number || (type == ValueType.UINT64 && number < 0)) {
                throw new InputException("%s holds %s in element %d, more than 32 bits with a sign can hold"
                        .formatted(where, type == ValueType.UINT64 ? Long.toUnsignedString(number) : number, i));
            }
            numbers[i] = (int) number;
        }
        return numbers;
    }

    static boolean[] flags(Sequence array) {
        boolean[] flags = new boolean[array.count()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = array.data().get(ValueLayout.JAVA_BYTE, i) != 0;
        }
        return flags;
    }

    static byte[] bytes(Sequence array) {
        return Arrays.copyOf(array.data().toArray(ValueLayout.JAVA_BYTE), array.count());
    }
}
