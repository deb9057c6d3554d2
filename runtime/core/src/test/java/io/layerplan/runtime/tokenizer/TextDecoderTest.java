package io.layerplan.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TextDecoderTest {
    private final Tokenizer tokenizer = Tokenizer.of(TokenizerJson.metadata("sentencepiece"));

    @Test
    void handsOutWholeCharactersOnly() {
        assertThat(pieces("a", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "b", "<0xC3>", "<0xA4>"))
                .containsExactly("a", "", "", "", "😀", "b", "", "ä", "");
    }

    @Test
    void endsAnIncompleteCharacterAsReplacement() {
        assertThat(pieces("a", "<0xF0>", "<0x9F>")).containsExactly("a", "", "", "\uFFFD");
    }

    @Test
    void replacesWhatCanNeverBecomeACharacter() {
        assertThat(pieces("<0xFF>", "<0xC3>", "a", "<0x80>")).containsExactly("\uFFFD", "", "\uFFFDa", "\uFFFD", "");
    }

    @Test
    void isReadyForAnotherTextAfterTheEnd() {
        TextDecoder decoder = tokenizer.decoder();
        decoder.accept(id("<0xF0>"));

        assertThat(decoder.finish()).isEqualTo("\uFFFD");
        assertThat(decoder.finish()).isEmpty();
        assertThat(decoder.accept(id("a"))).isEqualTo("a");
    }

    @Test
    void joinsToTheWholeText() {
        for (String text : TokenizerJson.texts()) {
            TextDecoder decoder = tokenizer.decoder();
            StringBuilder joined = new StringBuilder();
            for (int id : tokenizer.encode(text, EncodeOptions.PLAIN)) {
                joined.append(decoder.accept(id));
            }
            assertThat(joined.append(decoder.finish())).hasToString(text);
        }
    }

    private List<String> pieces(String... tokens) {
        TextDecoder decoder = tokenizer.decoder();
        List<String> pieces = new ArrayList<>();
        for (String token : tokens) {
            pieces.add(decoder.accept(id(token)));
        }
        pieces.add(decoder.finish());
        return pieces;
    }

    private int id(String token) {
        return tokenizer.find(token).orElseThrow();
    }
}
