package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.MetadataValue.Flag;
import io.layerplan.runtime.gguf.MetadataValue.Real;
import io.layerplan.runtime.gguf.MetadataValue.Sequence;
import io.layerplan.runtime.gguf.MetadataValue.Text;
import io.layerplan.runtime.gguf.MetadataValue.Whole;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads the head of a GGUF file: magic, version, metadata; [TensorTable] reads the rest. Nothing is believed:
/// every count is compared with the bytes that are left before anything is allocated for it.
final class GgufParser {
    static final int MAGIC = 0x4655_4747;
    private static final int OLDEST_VERSION = 2;
    static final int NEWEST_VERSION = 3;
    /// A key's length and one letter, a type, and a value of one byte.
    private static final int SMALLEST_PAIR = Long.BYTES + 1 + Integer.BYTES + 1;

    private final String source;
    private final GgufCursor cursor;
    private final Metadata metadata;
    private final TensorTable.Tensors tensors;
    private final long headBytes;

    GgufParser(String source, MemorySegment bytes) {
        this.source = source;
        this.cursor = new GgufCursor(source, bytes);
        checkMagic(bytes);
        checkVersion();
        long tensorCount = cursor.count(new Place.Part("the number of tensors"), TensorTable.SMALLEST_DESCRIPTION);
        long pairs = cursor.count(new Place.Part("the number of metadata keys"), SMALLEST_PAIR);
        this.metadata = new Metadata(source, pairs(pairs));
        int alignment = Alignment.of(metadata);
        this.tensors = new TensorTable(source, cursor, alignment).read(tensorCount, bytes);
        this.headBytes = Alignment.up(cursor.position(), alignment);
    }

    Metadata metadata() {
        return metadata;
    }

    TensorTable.Tensors tensors() {
        return tensors;
    }

    /// Where the tensors' data begin.
    long headBytes() {
        return headBytes;
    }

    private void checkMagic(MemorySegment bytes) {
        if (bytes.byteSize() < Integer.BYTES || cursor.int32(new Place.Part("the magic number")) != MAGIC) {
            throw new InputException(
                    "`%s` is no GGUF file: it does not begin with `GGUF`".formatted(source),
                    "models come as GGUF files; `convert_hf_to_gguf.py` of llama.cpp makes them from others");
        }
    }

    private void checkVersion() {
        int version = cursor.int32(new Place.Part("the version"));
        if (version >= OLDEST_VERSION && version <= NEWEST_VERSION) {
            return;
        }
        int swapped = Integer.reverseBytes(version);
        if (swapped >= OLDEST_VERSION && swapped <= NEWEST_VERSION) {
            throw new InputException(
                    "`%s` is a big-endian GGUF file".formatted(source), "only little-endian files are supported");
        }
        throw new InputException(
                "`%s` is a GGUF file of version %s".formatted(source, Integer.toUnsignedString(version)),
                "versions 2 and 3 are supported");
    }

    private Map<String, MetadataValue> pairs(long count) {
        Map<String, MetadataValue> pairs = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String key = cursor.string(new Place.Name("metadata key", i));
            if (key.isEmpty()) {
                throw refuse("metadata key %d has no name".formatted(i));
            }
            Place where = new Place.Key(key);
            if (pairs.put(key, value(where)) != null) {
                throw refuse(where + " is there twice");
            }
        }
        return pairs;
    }

    private MetadataValue value(Place where) {
        ValueType type = type(where);
        return switch (type) {
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 ->
                new Whole(type, cursor.integer(type, where));
            case FLOAT32, FLOAT64 -> new Real(type, cursor.real(type, where));
            case BOOL -> new Flag(flag(where));
            case STRING -> new Text(cursor.string(where));
            case ARRAY -> array(where);
        };
    }

    private boolean flag(Place where) {
        long bits = cursor.integer(ValueType.UINT8, where);
        if (bits > 1) {
            throw refuse("%s is a bool of value %d".formatted(where, bits));
        }
        return bits == 1;
    }

    private ValueType type(Place where) {
        int code = cursor.int32(where);
        return ValueType.ofCode(code)
                .orElseThrow(
                        () -> refuse("%s has the unknown type %s".formatted(where, Integer.toUnsignedString(code))));
    }

    private Sequence array(Place where) {
        ValueType elements = type(where);
        if (elements == ValueType.ARRAY) {
            throw refuse(where + " is an array of arrays");
        }
        int smallest = elements == ValueType.STRING ? Long.BYTES : elements.bytes();
        long count = cursor.count(new Place.Length(where), smallest);
        if (count > Integer.MAX_VALUE) {
            throw refuse("%s has %d elements".formatted(where, count));
        }
        MemorySegment data =
                elements == ValueType.STRING ? cursor.takeStrings(count, where) : cursor.take(count * smallest, where);
        return new Sequence(elements, (int) count, data);
    }

    private InputException refuse(String what) {
        return new InputException("`%s`: %s".formatted(source, what), GgufFile.DAMAGED);
    }
}
