package io.layerplan.runtime.gguf;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The type of a metadata value.
enum ValueType {
    UINT8(0, 1),
    INT8(1, 1),
    UINT16(2, 2),
    INT16(3, 2),
    UINT32(4, 4),
    INT32(5, 4),
    FLOAT32(6, 4),
    BOOL(7, 1),
    STRING(8, 0),
    ARRAY(9, 0),
    UINT64(10, 8),
    INT64(11, 8),
    FLOAT64(12, 8);

    /// Codes are numbered from 0.
    private static final List<ValueType> BY_CODE = List.of(values());

    private final int code;
    private final int bytes;

    ValueType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /// Bytes of a value; 0 for strings and arrays, which say their length themselves.
    int bytes() {
        return bytes;
    }

    /// The number that stands for this type in the file.
    int code() {
        return code;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isInteger() {
        return switch (this) {
            case UINT8, INT8, UINT16, INT16, UINT32, INT32, UINT64, INT64 -> true;
            case FLOAT32, FLOAT64, BOOL, STRING, ARRAY -> false;
        };
    }

    boolean isReal() {
        return this == FLOAT32 || this == FLOAT64;
    }

    static Optional<ValueType> ofCode(int code) {
        return code >= 0 && code < BY_CODE.size() ? Optional.of(BY_CODE.get(code)) : Optional.empty();
    }
}
