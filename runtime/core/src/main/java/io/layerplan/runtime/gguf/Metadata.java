package io.layerplan.runtime.gguf;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.MetadataValue.Flag;
import io.layerplan.runtime.gguf.MetadataValue.Real;
import io.layerplan.runtime.gguf.MetadataValue.Sequence;
import io.layerplan.runtime.gguf.MetadataValue.Text;
import io.layerplan.runtime.gguf.MetadataValue.Whole;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys and values of a GGUF file, in its order. A getter is empty where the key is missing, and refuses a
/// value of another type with an [InputException] that names the file, the key and both types; the `required…`
/// getters refuse a missing key too. Arrays are decoded anew at every call, so callers keep what they use twice.
public final class Metadata {
    private final String source;
    private final Map<String, MetadataValue> values;

    /// @param source the file, for messages
    Metadata(String source, Map<String, MetadataValue> values) {
        this.source = source;
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// Metadata made by hand. Values are `String`, `Boolean`, `Integer` (a `uint32`, if negative an `int32`),
    /// `Long` (a `uint64`, if negative an `int64`), `Float`, `Double`, `List<String>`, `int[]`, `float[]`,
    /// `boolean[]` or `byte[]`.
    ///
    /// @throws IllegalArgumentException for a value of any other class
    public static Metadata of(Map<String, ?> values) {
        Map<String, MetadataValue> encoded = new LinkedHashMap<>();
        values.forEach((key, value) -> encoded.put(key, MetadataEncoder.encode(value)));
        return new Metadata("metadata", encoded);
    }

    /// This metadata with further keys, which replace those of the same name; see [#of(Map)].
    public Metadata with(Map<String, ?> more) {
        Map<String, MetadataValue> merged = new LinkedHashMap<>(values);
        more.forEach((key, value) -> merged.put(key, MetadataEncoder.encode(value)));
        return new Metadata(source, merged);
    }

    /// This metadata without some of its keys.
    public Metadata without(Set<String> keys) {
        Map<String, MetadataValue> fewer = new LinkedHashMap<>(values);
        fewer.keySet().removeAll(keys);
        return new Metadata(source, fewer);
    }

    public Set<String> keys() {
        return values.keySet();
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /// Whether the key is there and holds an array.
    public boolean isArray(String key) {
        return values.get(key) instanceof Sequence;
    }

    /// The number of elements of an array, without decoding it; empty where the key is missing or holds no array.
    public OptionalInt length(String key) {
        return values.get(key) instanceof Sequence array ? OptionalInt.of(array.count()) : OptionalInt.empty();
    }

    public Optional<String> string(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case Text(String value) -> Optional.of(value);
            case MetadataValue other -> throw mismatch(key, other, "a string");
        };
    }

    /// An integer of any width.
    public OptionalLong integer(String key) {
        return switch (values.get(key)) {
            case null -> OptionalLong.empty();
            case Whole(ValueType type, long bits)
            when type == ValueType.UINT64 && bits < 0 ->
                throw refuse(
                        key, "is %s, more than 64 bits with a sign can hold".formatted(Long.toUnsignedString(bits)));
            case Whole whole -> OptionalLong.of(whole.bits());
            case MetadataValue other -> throw mismatch(key, other, "an integer");
        };
    }

    /// A float or an integer.
    public OptionalDouble real(String key) {
        return switch (values.get(key)) {
            case null -> OptionalDouble.empty();
            case Real real -> OptionalDouble.of(real.value());
            case Whole _ -> OptionalDouble.of((double) integer(key).orElseThrow());
            case MetadataValue other -> throw mismatch(key, other, "a number");
        };
    }

    public Optional<Boolean> flag(String key) {
        return switch (values.get(key)) {
            case null -> Optional.empty();
            case Flag(boolean value) -> Optional.of(value);
            case MetadataValue other -> throw mismatch(key, other, "a bool");
        };
    }

    public Optional<List<String>> strings(String key) {
        return array(key, "an array of strings", ValueType.STRING)
                .map(array -> MetadataDecoder.strings(where(key), array));
    }

    /// An array of strings as bytes, without checking them or making a `String` of each.
    public Optional<Utf8Strings> utf8Strings(String key) {
        return array(key, "an array of strings", ValueType.STRING).map(array -> {
            if (array.data().byteSize() > Utf8Strings.MOST_BYTES) {
                throw refuse(
                        key,
                        "has %,d bytes of strings, the most is %,d"
                                .formatted(array.data().byteSize(), Utf8Strings.MOST_BYTES));
            }
            return new Utf8Strings(array.data().toArray(ValueLayout.JAVA_BYTE), array.count());
        });
    }

    /// An array of floats, or of integers.
    public Optional<float[]> reals(String key) {
        return array(key, "an array of numbers", ValueType.FLOAT32, ValueType.FLOAT64, ValueType.INT32)
                .map(array -> MetadataDecoder.reals(array));
    }

    /// An array of integers of any width, each of which fits into 32 bits with a sign.
    public Optional<int[]> integers(String key) {
        return array(key, "an array of integers", ValueType.INT32)
                .map(array -> MetadataDecoder.integers(where(key), array));
    }

    /// An array of bools.
    public Optional<boolean[]> flags(String key) {
        return array(key, "an array of bools", ValueType.BOOL).map(MetadataDecoder::flags);
    }

    /// An array of `uint8` or `int8`.
    public Optional<byte[]> bytes(String key) {
        return array(key, "an array of bytes", ValueType.UINT8).map(MetadataDecoder::bytes);
    }

    public String requiredString(String key) {
        return string(key).orElseThrow(() -> missing(key));
    }

    public long requiredInteger(String key) {
        return integer(key).orElseThrow(() -> missing(key));
    }

    public double requiredReal(String key) {
        return real(key).orElseThrow(() -> missing(key));
    }

    public boolean requiredFlag(String key) {
        return flag(key).orElseThrow(() -> missing(key));
    }

    public List<String> requiredStrings(String key) {
        return strings(key).orElseThrow(() -> missing(key));
    }

    public float[] requiredReals(String key) {
        return reals(key).orElseThrow(() -> missing(key));
    }

    public int[] requiredIntegers(String key) {
        return integers(key).orElseThrow(() -> missing(key));
    }

    /// The error of a value that is of the right type and yet of no use: "`file`: key `key` `what`".
    ///
    /// @param what begins with a verb
    public InputException refuse(String key, String what) {
        return refuse(key, what, "");
    }

    /// @param help what the user can do about it
    public InputException refuse(String key, String what, String help) {
        return new InputException(where(key) + " " + what, help);
    }

    /// The CRC-32C of a key's type and value; 0 where the key is missing.
    public int checksum(String key) {
        MetadataValue value = values.get(key);
        return value == null ? 0 : MetadataChecksum.of(value);
    }

    @Nullable
    MetadataValue value(String key) {
        return values.get(key);
    }

    /// The array under `key`, if its elements are of one of the `accepted` kinds; any integer stands for all
    /// integers.
    private Optional<Sequence> array(String key, String expected, ValueType... accepted) {
        MetadataValue value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Sequence array) {
            for (ValueType type : accepted) {
                if (array.elements() == type
                        || (type == ValueType.INT32 && array.elements().isInteger())
                        || (type == ValueType.UINT8 && array.elements() == ValueType.INT8)) {
                    return Optional.of(array);
                }
            }
        }
        throw mismatch(key, value, expected);
    }

    private String where(String key) {
        return "`%s`: key %s".formatted(source, Quoted.of(key));
    }

    private InputException mismatch(String key, MetadataValue found, String expected) {
        return refuse(key, "holds %s, expected %s".formatted(found.label(), expected));
    }

    private InputException missing(String key) {
        return new InputException("`%s`: key %s is missing".formatted(source, Quoted.of(key)));
    }
}
