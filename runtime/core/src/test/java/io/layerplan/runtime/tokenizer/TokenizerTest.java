package io.layerplan.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizerTest {
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final String TYPES = "tokenizer.ggml.token_type";

    private final Metadata byteLevel = TokenizerJson.metadata("smollm");
    private final Metadata sentencePiece = TokenizerJson.metadata("sentencepiece-prefix");

    @Test
    void readsControlTokensOnlyWhereAsked() {
        Tokenizer tokenizer = Tokenizer.of(byteLevel);
        int end = tokenizer.find("<|im_end|>").orElseThrow();

        assertThat(tokenizer.encode("a<|im_end|>", new EncodeOptions(false, true)))
                .endsWith(end)
                .hasSize(2);
        assertThat(tokenizer.encode("a<|im_end|>", EncodeOptions.PLAIN)).doesNotContain(end);
        assertThat(tokenizer.decode(tokenizer.encode("a<|im_end|>", EncodeOptions.PLAIN)))
                .isEqualTo("a<|im_end|>");
    }

    @Test
    void plainTextNeverBecomesAControlOrByteToken() {
        Metadata mergeable = Metadata.of(Map.of(
                "tokenizer.ggml.model",
                "llama",
                TOKENS,
                List.of("<unk>", "<s>", "</s>", "<", "s", ">", "<s", "s>", "<0x41>"),
                "tokenizer.ggml.scores",
                new float[] {0, 0, 0, -4, -5, -6, -1, -2, 0},
                TYPES,
                new int[] {2, 3, 3, 1, 1, 1, 1, 1, 6},
                "tokenizer.ggml.add_space_prefix",
                false));

        Tokenizer tokenizer = Tokenizer.of(mergeable);

        assertThat(tokenizer.encode("<s>", EncodeOptions.PLAIN)).containsExactly(6, 5);
        assertThat(tokenizer.encode("<s>", new EncodeOptions(false, true))).containsExactly(1);
        assertThat(tokenizer.encode("A", EncodeOptions.PLAIN)).containsExactly(8);
        assertThat(tokenizer.encode("ZZ<", EncodeOptions.PLAIN)).containsExactly(0, 3);
    }

    @Test
    void takesUserDefinedTokensAlwaysAndTheLongestFirst() {
        Tokenizer tokenizer = Tokenizer.of(byteLevel);

        assertThat(tokenizer.encode("<tablet><table>", EncodeOptions.PLAIN))
                .containsExactly(
                        tokenizer.find("<tablet>").orElseThrow(),
                        tokenizer.find("<table>").orElseThrow());
    }

    @Test
    void putsTheTokensAroundATextThatTheFileAsksFor() {
        Tokenizer tokenizer = Tokenizer.of(
                sentencePiece.with(Map.of("tokenizer.ggml.add_bos_token", true, "tokenizer.ggml.add_eos_token", true)));

        assertThat(tokenizer.addsBos()).isTrue();
        assertThat(tokenizer.encode("")).containsExactly(1, 2);
        assertThat(tokenizer.encode("a")).startsWith(1).endsWith(2);
        assertThat(tokenizer.encode("a", EncodeOptions.PLAIN)).doesNotContain(1, 2);
    }

    @Test
    void addsTheBeginOfTextUnlessAFileSaysOtherwiseWhereItIsUsual() {
        Metadata silent = sentencePiece.without(Set.of("tokenizer.ggml.add_bos_token"));

        assertThat(Tokenizer.of(silent).encode("a")).startsWith(1);
        assertThat(Tokenizer.of(byteLevel.without(Set.of("tokenizer.ggml.add_bos_token")))
                        .addsBos())
                .isFalse();
    }

    @Test
    void showsTokensAndTheirBytes() {
        Tokenizer tokenizer = Tokenizer.of(byteLevel);
        int space = tokenizer.find("Ġ").orElseThrow();
        int end = tokenizer.find("<|im_end|>").orElseThrow();

        assertThat(tokenizer.token(space)).isEqualTo("Ġ");
        assertThat(tokenizer.bytes(space)).isEqualTo(" ".getBytes(StandardCharsets.UTF_8));
        assertThat(tokenizer.isControl(end)).isTrue();
        assertThat(tokenizer.bytes(end)).isEmpty();
        assertThatThrownBy(() -> tokenizer.bytes(tokenizer.vocabularySize()))
                .isInstanceOf(InputException.class)
                .hasMessage("token %d is outside the vocabulary".formatted(tokenizer.vocabularySize()));
    }

    @Test
    void endsAtTheTokensThatTheFileNamesAndAtThoseItHoldsForItsFamily() {
        Tokenizer tokenizer = Tokenizer.of(
                byteLevel.with(Map.of("tokenizer.ggml.eos_token_id", 3, "tokenizer.ggml.eot_token_id", 5)));

        assertThat(tokenizer.endOfGeneration())
                .containsExactlyInAnyOrder(3, 5, tokenizer.find("<|im_end|>").orElseThrow());
    }

    @Test
    void takesATagOfHtmlForAnEndOnlyWhereItIsAControlToken() {
        int closing = Tokenizer.of(sentencePiece).find("</s>").orElseThrow();
        int[] types = sentencePiece.requiredIntegers(TYPES);
        types[closing] = 4;

        assertThat(Tokenizer.of(sentencePiece).endOfGeneration()).contains(closing);
        assertThat(Tokenizer.of(sentencePiece.with(Map.of(TYPES, types))).endOfGeneration())
                .doesNotContain(closing);
    }

    @Test
    void marksAnEndThatTheFileForgotToMark() {
        int end = Tokenizer.of(byteLevel).find("<|im_end|>").orElseThrow();
        int[] types = byteLevel.requiredIntegers(TYPES);
        types[end] = 1;

        Tokenizer tokenizer = Tokenizer.of(byteLevel.with(Map.of(TYPES, types)));

        assertThat(tokenizer.endOfGeneration()).contains(end);
        assertThat(tokenizer.encode("<|im_end|>")).containsExactly(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer.ggml.model", "tokenizer.ggml.pre", TOKENS, "tokenizer.ggml.merges"})
    void namesAMissingKeyOfAByteLevelVocabulary(String key) {
        assertThatThrownBy(() -> Tokenizer.of(byteLevel.without(Set.of(key))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("key `%s` is missing".formatted(key));
    }

    @Test
    void namesMissingScores() {
        assertThatThrownBy(() -> Tokenizer.of(sentencePiece.without(Set.of("tokenizer.ggml.scores"))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("key `tokenizer.ggml.scores` is missing");
    }

    @Test
    void refusesAnUnknownModelAndListsTheKnownOnes() {
        assertRefused(byteLevel, "tokenizer.ggml.model", "bert", "tokenizer model `bert` is not supported");
    }

    @Test
    void refusesAnUnknownPreTokenizerAndListsTheKnownOnes() {
        assertThatThrownBy(() -> Tokenizer.of(byteLevel.with(Map.of("tokenizer.ggml.pre", "klingon"))))
                .isInstanceOfSatisfying(InputException.class, e -> {
                    assertThat(e).hasMessage("pre-tokenizer `klingon` is not supported");
                    assertThat(e.help().orElseThrow()).contains("`gpt-2`", "`llama-bpe`", "`qwen2`", "`tekken`");
                });
    }

    @Test
    void refusesCountsThatDiffer() {
        assertRefused(byteLevel, TYPES, new int[] {1, 1}, "key `%s` has 2 elements for".formatted(TYPES));
        assertRefused(sentencePiece, "tokenizer.ggml.scores", new float[3], "has 3 elements for");
    }

    @Test
    void refusesIdsOutsideTheVocabulary() {
        assertRefused(
                byteLevel, "tokenizer.ggml.eos_token_id", 1_000_000, "key `tokenizer.ggml.eos_token_id` is 1000000");
        assertRefused(byteLevel, "tokenizer.ggml.bos_token_id", -1, "key `tokenizer.ggml.bos_token_id` is -1");
        assertRefused(byteLevel, "tokenizer.ggml.eom_token_id", -2L, "key `tokenizer.ggml.eom_token_id` is -2");
    }

    @Test
    void refusesATextThatMustBeginWithATokenThatNobodyNamed() {
        assertRefused(byteLevel, "tokenizer.ggml.add_bos_token", true, "key `tokenizer.ggml.bos_token_id` is missing");
        assertRefused(byteLevel, "tokenizer.ggml.add_eos_token", true, "key `tokenizer.ggml.eos_token_id` is missing");
    }

    @Test
    void refusesMalformedMergesTypesScoresAndTokens() {
        assertRefused(byteLevel, "tokenizer.ggml.merges", List.of("a b", "ab"), "in element 1");
        assertRefused(byteLevel, "tokenizer.ggml.merges", List.of("a b c"), "in element 0");
        assertRefused(byteLevel, "tokenizer.ggml.merges", List.of(" a"), "in element 0");
        assertRefused(byteLevel, TOKENS, List.of("a", "b", "a"), "has the same text for tokens 0 and 2");
        assertRefused(byteLevel, TOKENS, List.of(), "has no tokens");
        assertRefused(sentencePiece, TYPES, changed(TYPES, 9), "gives token 7 the unknown type 9");
        assertRefused(
                byteLevel.with(Map.of(TYPES, new int[] {6}, TOKENS, List.of("x"))),
                "tokenizer.ggml.merges",
                List.of(),
                "says that token 0 is a byte");
        float[] scores = sentencePiece.requiredReals("tokenizer.ggml.scores");
        scores[4] = Float.NaN;
        assertRefused(sentencePiece, "tokenizer.ggml.scores", scores, "gives token 4 a score that is not a number");
    }

    @Test
    void saysWhatItCannotWrite() {
        Metadata poor = byteLevel
                .without(Set.of(TYPES))
                .with(Map.of(TOKENS, List.of("a", "b", "c"), "tokenizer.ggml.merges", List.of("b c")));
        Tokenizer tokenizer = Tokenizer.of(poor);

        assertThat(tokenizer.encode("ab")).containsExactly(0, 1);
        assertThatThrownBy(() -> tokenizer.encode("a!"))
                .isInstanceOf(InputException.class)
                .hasMessage("the model's vocabulary has no token for byte 0x21 of the text");
        assertThatThrownBy(() -> tokenizer.encode("abc"))
                .isInstanceOf(InputException.class)
                .hasMessage("`tokenizer.ggml.merges` makes `bc`, which is not in `tokenizer.ggml.tokens`");
    }

    @Test
    void damagedMetadataIsRefusedOrWorks() {
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            Metadata damaged = damaged(random.nextBoolean() ? byteLevel : sentencePiece, random);
            try {
                Tokenizer.of(damaged).encode("And God said, 你好 <|im_end|> \n\n\t1234");
            } catch (InputException e) {
                refused++;
                assertThat(e).hasMessageMatching("(?s)[`a-z].*");
            }
        }
        assertThat(refused).isBetween(100, 400);
    }

    private int[] changed(String key, int value) {
        int[] numbers = sentencePiece.requiredIntegers(key);
        numbers[7] = value;
        return numbers;
    }

    private static Metadata damaged(Metadata metadata, SplittableRandom random) {
        List<String> keys = new ArrayList<>(metadata.keys());
        String key = keys.get(random.nextInt(keys.size()));
        Object[] values = {
            "", "llama", random.nextInt(), random.nextBoolean(), List.of("a b", "b"), new int[random.nextInt(700)], 0.5f
        };
        if (random.nextInt(4) == 0) {
            return metadata.without(Set.of(key));
        }
        if (metadata.isArray(key) && random.nextBoolean() && key.equals(TOKENS)) {
            String[] tokens = metadata.requiredStrings(key).toArray(String[]::new);
            tokens[random.nextInt(tokens.length)] = "x".repeat(random.nextInt(3));
            return metadata.with(Map.of(key, Arrays.asList(tokens)));
        }
        return metadata.with(Map.of(key, values[random.nextInt(values.length)]));
    }

    private static void assertRefused(Metadata metadata, String key, Object value, String message) {
        assertThatThrownBy(() -> Tokenizer.of(metadata.with(Map.of(key, value))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }
}
