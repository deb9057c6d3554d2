package io.layerplan.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Ids equal those of Hugging Face's tokenizers (Rust), on the texts of `texts.json` and on random mixtures of them.
final class TokenizerOracleTest {
    private static final int RANDOM_TEXTS = 2_000;

    /// What pre-tokenizers are sensitive to, drawn more often than the letters of the texts.
    private static final List<String> CRITICAL = List.of(
            " ",
            "  ",
            "   ",
            "\t",
            "\n",
            "\n\n",
            "\r\n",
            "\u00a0",
            "\u3000",
            "'",
            "'s",
            "'LL",
            "'re",
            "/",
            "!",
            ".",
            "_",
            "1",
            "23",
            "456",
            "Ⅷ",
            "٣",
            "a",
            "B",
            "ß",
            "Ä",
            "人",
            "の",
            "가",
            "ع",
            "\u0301",
            "\u064e",
            "😀",
            "\u200d",
            "ǅ",
            "ʰ",
            "ﬁ",
            "<table>",
            "<|im_end|>",
            "<|im",
            "\t\t\t",
            "the",
            " and",
            "$",
            "+",
            "`",
            "\u017f",
            "\u212a",
            "\u0000");

    @BeforeAll
    static void staysOffline() {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.opt_out_tracking", "true");
    }

    static Stream<String> tokenizers() {
        return Stream.concat(TokenizerJson.BYTE_LEVEL.stream(), TokenizerJson.SENTENCE_PIECE.stream());
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void agreesOnTexts(String name) throws IOException {
        Tokenizer tokenizer = Tokenizer.of(TokenizerJson.metadata(name));
        List<String> texts = TokenizerJson.texts();
        assertThat(texts).hasSizeGreaterThan(80);
        try (HuggingFaceTokenizer oracle = oracle(name)) {
            for (String text : texts) {
                assertAgreement(tokenizer, oracle, text);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void agreesOnRandomTexts(String name) throws IOException {
        Tokenizer tokenizer = Tokenizer.of(TokenizerJson.metadata(name));
        List<String> texts = TokenizerJson.texts();
        SplittableRandom random = new SplittableRandom(7);
        try (HuggingFaceTokenizer oracle = oracle(name)) {
            for (int i = 0; i < RANDOM_TEXTS; i++) {
                assertAgreement(tokenizer, oracle, randomText(texts, random));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void decodesWhatItEncoded(String name) {
        Tokenizer tokenizer = Tokenizer.of(TokenizerJson.metadata(name));
        boolean composes = name.equals("qwen2");
        for (String text : TokenizerJson.texts()) {
            String kept = composes ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
            assertThat(tokenizer.decode(tokenizer.encode(text, EncodeOptions.PLAIN)))
                    .isEqualTo(kept);
        }
    }

    private static void assertAgreement(Tokenizer tokenizer, HuggingFaceTokenizer oracle, String text) {
        long[] expected = oracle.encode(text, false, false).getIds();
        int[] ids = tokenizer.encode(text, new EncodeOptions(false, true));
        assertThat(ids)
                .as("ids of [%s]", text)
                .containsExactly(
                        Arrays.stream(expected).mapToInt(Math::toIntExact).toArray());
    }

    private static HuggingFaceTokenizer oracle(String name) throws IOException {
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(TokenizerJson.bytes(name)), Map.of("truncation", "false", "padding", "false"));
    }

    private static String randomText(List<String> texts, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int parts = 1 + random.nextInt(24);
        for (int i = 0; i < parts; i++) {
            if (random.nextInt(4) > 0) {
                text.append(CRITICAL.get(random.nextInt(CRITICAL.size())));
            } else {
                text.append(randomPart(texts.get(random.nextInt(texts.size())), random));
            }
        }
        return text.toString();
    }

    private static String randomPart(String text, SplittableRandom random) {
        int length = text.codePointCount(0, text.length());
        int from = random.nextInt(length + 1);
        int to = Math.min(length, from + random.nextInt(8));
        return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
    }
}
