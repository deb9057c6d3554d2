package io.layerplan.runtime.gguf;

import io.layerplan.runtime.gguf.MetadataValue.Flag;
import io.layerplan.runtime.gguf.MetadataValue.Real;
import io.layerplan.runtime.gguf.MetadataValue.Sequence;
import io.layerplan.runtime.gguf.MetadataValue.Text;
import io.layerplan.runtime.gguf.MetadataValue.Whole;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// From Java values to metadata values; arrays are laid out as in a file.
final class MetadataEncoder {
    private MetadataEncoder() {}

    static MetadataValue encode(Object value) {
        return switch (value) {
            case String text -> new Text(text);
            case Boolean flag -> new Flag(flag);
            case Integer number -> new Whole(number < 0 ? ValueType.INT32 : ValueType.UINT32, number);
            case Long number -> new Whole(number < 0 ? ValueType.INT64 : ValueType.UINT64, number);
            case Float number -> new Real(ValueType.FLOAT32, number);
            case Double number -> new Real(ValueType.FLOAT64, number);
            case byte[] bytes -> new Sequence(ValueType.UINT8, bytes.length, MemorySegment.ofArray(bytes.clone()));
            case boolean[] flags -> flags(flags);
            case int[] numbers -> integers(numbers);
            case float[] numbers -> reals(numbers);
            case List<?> list -> strings(list);
            default -> throw new IllegalArgumentException("no metadata value: " + value.getClass());
        };
    }

    private static Sequence flags(boolean[] flags) {
        ByteBuffer buffer = ByteBuffer.allocate(flags.length);
        for (boolean flag : flags) {
            buffer.put((byte) (flag ? 1 : 0));
        }
        return sequence(ValueType.BOOL, flags.length, buffer);
    }

    private static Sequence integers(int[] numbers) {
        ByteBuffer buffer = allocate(Math.multiplyExact(numbers.length, Integer.BYTES));
        for (int number : numbers) {
            buffer.putInt(number);
        }
        return sequence(ValueType.INT32, numbers.length, buffer);
    }

    private static Sequence reals(float[] numbers) {
        ByteBuffer buffer = allocate(Math.multiplyExact(numbers.length, Float.BYTES));
        for (float number : numbers) {
            buffer.putFloat(number);
        }
        return sequence(ValueType.FLOAT32, numbers.length, buffer);
    }

    private static Sequence strings(List<?> list) {
        List<byte[]> encoded = list.stream()
                .map(text -> ((String) text).getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer buffer = allocate(
                encoded.stream().mapToInt(bytes -> Long.BYTES + bytes.length).reduce(0, Math::addExact));
        for (byte[] bytes : encoded) {
            buffer.putLong(bytes.length).put(bytes);
        }
        return sequence(ValueType.STRING, list.size(), buffer);
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Sequence sequence(ValueType elements, int count, ByteBuffer filled) {
        return new Sequence(
                elements, count, MemorySegment.ofBuffer(filled.flip()).asReadOnly());
    }
}
