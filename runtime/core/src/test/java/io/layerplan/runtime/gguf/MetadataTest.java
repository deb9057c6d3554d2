package io.layerplan.runtime.gguf;

import static io.layerplan.runtime.gguf.RawGguf.int32;
import static io.layerplan.runtime.gguf.RawGguf.int64;
import static io.layerplan.runtime.gguf.RawGguf.join;
import static io.layerplan.runtime.gguf.RawGguf.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataTest {
    private static final Metadata METADATA = Metadata.of(Map.of(
            "text", "abc", "number", 5, "real", 0.5f, "flag", false, "words", List.of("a"), "sizes", new int[] {1, 2}));

    @Test
    void aMissingKeyIsEmpty() {
        assertThat(METADATA.has("nothing")).isFalse();
        assertThat(METADATA.string("nothing")).isEmpty();
        assertThat(METADATA.integer("nothing")).isEmpty();
        assertThat(METADATA.strings("nothing")).isEmpty();
        assertThat(METADATA.length("nothing")).isEmpty();
    }

    @Test
    void refusesAMissingKeyThatIsRequired() {
        refuses(() -> METADATA.requiredInteger("nothing"), "`metadata`: key `nothing` is missing");
        refuses(() -> METADATA.requiredStrings("nothing"), "`metadata`: key `nothing` is missing");
    }

    @Test
    void refusesAValueOfAnotherType() {
        refuses(() -> METADATA.integer("text"), "`metadata`: key `text` holds string, expected an integer");
        refuses(() -> METADATA.integer("real"), "`metadata`: key `real` holds float32, expected an integer");
        refuses(() -> METADATA.string("number"), "`metadata`: key `number` holds uint32, expected a string");
        refuses(() -> METADATA.real("flag"), "`metadata`: key `flag` holds bool, expected a number");
        refuses(() -> METADATA.flag("number"), "`metadata`: key `number` holds uint32, expected a bool");
        refuses(
                () -> METADATA.strings("sizes"),
                "`metadata`: key `sizes` holds array of int32, expected an array of strings");
        refuses(
                () -> METADATA.integers("words"),
                "`metadata`: key `words` holds array of string, expected an array of integers");
        refuses(() -> METADATA.reals("number"), "`metadata`: key `number` holds uint32, expected an array of numbers");
    }

    @Test
    void replacesAndRemovesKeys() {
        Metadata changed = METADATA.with(Map.of("number", 6)).without(Set.of("text"));
        assertThat(changed.integer("number")).hasValue(6);
        assertThat(changed.has("text")).isFalse();
        assertThat(METADATA.integer("number")).hasValue(5);
    }

    @Test
    void refusesValuesThatDoNotFit(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("values.gguf");
        Files.write(
                path,
                new RawGguf()
                        .pair("huge", 10, int64(-1))
                        .pair("sizes", 9, join(int32(10), int64(2), int64(1), int64(-1)))
                        .pair("words", 9, join(int32(8), int64(2), string("ok"), string(new byte[] {(byte) 0xFF})))
                        .pair("narrow", 9, join(int32(1), int64(2), new byte[] {-1, 2}))
                        .bytes());
        try (GgufFile file = GgufFile.open(path)) {
            Metadata metadata = file.metadata();
            refuses(
                    () -> metadata.integer("huge"),
                    "`%s`: key `huge` is 18446744073709551615, more than 64 bits with a sign can hold".formatted(path));
            refuses(
                    () -> metadata.integers("sizes"),
                    "`%s`: key `sizes` holds 18446744073709551615 in element 1, more than 32 bits with a sign can hold"
                            .formatted(path));
            refuses(() -> metadata.strings("words"), "`%s`: key `words` is no UTF-8 in element 1".formatted(path));
            assertThat(metadata.requiredIntegers("narrow")).containsExactly(-1, 2);
        }
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InputException.class).hasMessage(message);
    }
}
