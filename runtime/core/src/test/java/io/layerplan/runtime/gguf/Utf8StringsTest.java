package io.layerplan.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class Utf8StringsTest {
    private final Metadata metadata = Metadata.of(Map.of("words", List.of("a", "", "größer", "人"), "number", 3));

    @Test
    void holdsTheStringsAsBytes() {
        Utf8Strings words = metadata.utf8Strings("words").orElseThrow();

        assertThat(words.size()).isEqualTo(4);
        assertThat(List.of(words.text(0), words.text(1), words.text(2), words.text(3)))
                .containsExactly("a", "", "größer", "人");
        assertThat(Arrays.copyOfRange(words.bytes(), words.start(2), words.end(2)))
                .isEqualTo("größer".getBytes(StandardCharsets.UTF_8));
        assertThat(words.end(1)).isEqualTo(words.start(1));
    }

    @Test
    void isEmptyWithoutTheKeyAndRefusedForAnotherType() {
        assertThat(metadata.utf8Strings("none")).isEmpty();
        assertThatThrownBy(() -> metadata.utf8Strings("number"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("key `number` holds uint32, expected an array of strings");
    }
}
