package io.layerplan.runtime.gguf;

import java.lang.foreign.MemorySegment;

/// A value as it came, before anybody asked for it as one thing or another.
sealed interface MetadataValue {
    /// For people: `uint32`, `array of string`.
    String label();

    /// @param bits sign- or zero-extended to 64 bits
    record Whole(ValueType type, long bits) implements MetadataValue {
        @Override
        public String label() {
            return type.label();
        }
    }

    record Real(ValueType type, double value) implements MetadataValue {
        @Override
        public String label() {
            return type.label();
        }
    }

    record Flag(boolean value) implements MetadataValue {
        @Override
        public String label() {
            return ValueType.BOOL.label();
        }
    }

    record Text(String value) implements MetadataValue {
        @Override
        public String label() {
            return ValueType.STRING.label();
        }
    }

    /// An array that is decoded when it is asked for.
    ///
    /// @param data the elements as they lie in the file: `count` numbers, or strings each behind its 64-bit length
    record Sequence(ValueType elements, int count, MemorySegment data) implements MetadataValue {
        @Override
        public String label() {
            return "array of " + elements.label();
        }
    }
}
