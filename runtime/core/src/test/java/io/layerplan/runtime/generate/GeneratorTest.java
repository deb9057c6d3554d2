package io.layerplan.runtime.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.gguf.Metadata;
import io.layerplan.runtime.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GeneratorTest {
    /// 0 `<unk>`, 1 `<s>`, 2 `</s>`, 3 to 6 the bytes of 😀, 7 `a`, 8 `b`, 9 `▁`, 10 `<|im_end|>`
    private static final Tokenizer TOKENIZER = Tokenizer.of(Metadata.of(Map.of(
            "tokenizer.ggml.model",
            "llama",
            "tokenizer.ggml.tokens",
            List.of("<unk>", "<s>", "</s>", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>", "a", "b", "▁", "<|im_end|>"),
            "tokenizer.ggml.scores",
            new float[11],
            "tokenizer.ggml.token_type",
            new int[] {2, 3, 3, 6, 6, 6, 6, 1, 1, 1, 3})));

    private static final int CONTEXT = 40;

    private final BigramExecutor counting = new BigramExecutor(11, CONTEXT, (token, length) -> (token + 1) % 11);

    @Test
    void generatesUntilAnEndTokenAndKeepsIt() {
        GenerationResult result = generate(counting, GenerationOptions.greedy(30), 1, 2);

        assertThat(result.promptTokens()).containsExactly(1, 2);
        assertThat(result.tokens()).containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(result.stop()).isEqualTo(StopReason.END_TOKEN);
        assertThat(result.text()).isEqualTo("😀ab ");
        assertThat(counting.sequence()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void stopsAfterAsManyTokensAsAskedFor() {
        GenerationResult result = generate(counting, GenerationOptions.greedy(3), 2);

        assertThat(result.tokens()).containsExactly(3, 4, 5);
        assertThat(result.stop()).isEqualTo(StopReason.LENGTH);
        assertThat(result.text()).isEqualTo("\uFFFD");
        assertThat(counting.calls()).isEqualTo(3);
    }

    @Test
    void stopsWhereTheContextIsFull() {
        GenerationResult result =
                generate(counting, GenerationOptions.greedy(100).withContext(5).ignoringEnd(), 5, 6, 7);

        assertThat(result.tokens()).containsExactly(8, 9, 10);
        assertThat(result.stop()).isEqualTo(StopReason.CONTEXT);
        assertThat(counting.length()).isEqualTo(5);
    }

    @Test
    void usesTheModelsContextWhereNoneIsGiven() {
        GenerationResult result =
                generate(counting, GenerationOptions.greedy(100).ignoringEnd(), 1);

        assertThat(result.tokens()).hasSize(CONTEXT);
        assertThat(result.stop()).isEqualTo(StopReason.CONTEXT);
    }

    @Test
    void goesOnBehindEndTokensWhereAsked() {
        GenerationResult result = generate(counting, GenerationOptions.greedy(4).ignoringEnd(), 9);

        assertThat(result.tokens()).containsExactly(10, 0, 1, 2);
        assertThat(result.stop()).isEqualTo(StopReason.LENGTH);
        assertThat(result.text()).isEmpty();
    }

    @Test
    void continuesASequence() {
        generate(counting, GenerationOptions.greedy(2), 2);

        GenerationResult result = generate(counting, GenerationOptions.greedy(2), 4, 7);

        assertThat(result.tokens()).containsExactly(8, 9);
        assertThat(counting.sequence()).containsExactly(2, 3, 4, 7, 8);
    }

    @Test
    void readsAPromptAloneWhereNothingIsAskedFor() {
        GenerationResult result = generate(counting, GenerationOptions.greedy(0), 1, 2);

        assertThat(result.tokens()).isEmpty();
        assertThat(result.stop()).isEqualTo(StopReason.LENGTH);
        assertThat(counting.length()).isEqualTo(2);
    }

    @Test
    void tellsTokensAndWholeCharactersAsTheyCome() {
        List<String> heard = new ArrayList<>();
        GenerationListener listener = new GenerationListener() {
            @Override
            public void promptProgress(int done, int total) {
                heard.add("prompt %d/%d".formatted(done, total));
            }

            @Override
            public void token(int id) {
                heard.add("token " + id);
            }

            @Override
            public void text(String piece) {
                heard.add(piece);
            }
        };

        new Generator(counting, TOKENIZER).generate(new int[] {2}, GenerationOptions.greedy(5), listener);

        assertThat(heard)
                .containsExactly("prompt 1/1", "token 3", "token 4", "token 5", "token 6", "😀", "token 7", "a");
    }

    @Test
    void readsLongPromptsInPieces() {
        BigramExecutor large = new BigramExecutor(11, 5_000, (token, length) -> length % 11);
        int[] prompt = new int[1_100];

        GenerationResult result = new Generator(large, TOKENIZER)
                .generate(prompt, GenerationOptions.greedy(1).ignoringEnd(), GenerationListener.NONE);

        assertThat(result.tokens()).containsExactly(1_100 % 11);
        assertThat(large.calls()).isEqualTo(3);
        assertThat(result.timings().promptTokens()).isEqualTo(1_100);
    }

    @Test
    void stopsPolitelyWhenInterrupted() {
        GenerationListener interrupting = new GenerationListener() {
            @Override
            public void token(int id) {
                if (id == 5) {
                    Thread.currentThread().interrupt();
                }
            }
        };

        GenerationResult result =
                new Generator(counting, TOKENIZER).generate(new int[] {2}, GenerationOptions.greedy(9), interrupting);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.stop()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(result.tokens()).containsExactly(3, 4, 5);
    }

    @Test
    void readsNothingWhenInterruptedBefore() {
        Thread.currentThread().interrupt();

        GenerationResult result = generate(counting, GenerationOptions.greedy(9), 2);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.stop()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(counting.calls()).isZero();
    }

    @Test
    void reportsLogProbabilitiesOfEveryStep() {
        GenerationResult result = generate(counting, GenerationOptions.greedy(2).withLogProbabilities(3), 6);

        assertThat(result.steps()).hasSize(2);
        StepLogProbabilities first = result.steps().getFirst();
        // logits -|j - 7|: Σ exp = 1 + 2(e^-1 + e^-2 + e^-3) + e^-4 + … + e^-7
        double sum = 0;
        for (int id = 0; id < 11; id++) {
            sum += Math.exp(-Math.abs(id - 7));
        }
        assertThat(first.drawn().token()).isEqualTo(7);
        assertThat(first.drawn().logProbability()).isCloseTo(-Math.log(sum), within(1e-9));
        assertThat(first.best())
                .extracting(StepLogProbabilities.TokenLogProbability::token)
                .containsExactly(7, 6, 8);
        assertThat(first.best().get(1).logProbability()).isCloseTo(-1 - Math.log(sum), within(1e-9));
    }

    @Test
    void reportsLogProbabilitiesFromBeforeThePenalty() {
        SamplingOptions penalty = SamplingOptions.GREEDY.withRepetitionPenalty(5, 8);
        BigramExecutor repeating = new BigramExecutor(11, CONTEXT, (token, length) -> token);
        GenerationOptions options =
                GenerationOptions.greedy(1).withSampling(penalty).withLogProbabilities(1);

        GenerationResult plain = generate(repeating, options, 7, 8);

        assertThat(plain.tokens()).containsExactly(8);
        assertThat(plain.steps().getFirst().best().getFirst().token()).isEqualTo(8);
    }

    @Test
    void measuresTime() {
        GenerationTimings timings =
                generate(counting, GenerationOptions.greedy(4), 2, 3).timings();

        assertThat(timings.prompt()).isPositive().isLessThanOrEqualTo(timings.firstToken());
        assertThat(timings.promptTokens()).isEqualTo(2);
        assertThat(timings.decodePasses()).isEqualTo(3);
        assertThat(timings.promptRate()).isPositive();
        assertThat(timings.decodeRate()).isPositive();
    }

    @Test
    void worksWithoutATokenizer() {
        GenerationResult result =
                new Generator(counting).generate(new int[] {9}, GenerationOptions.greedy(3), GenerationListener.NONE);

        assertThat(result.tokens()).containsExactly(10, 0, 1);
        assertThat(result.text()).isEmpty();
    }

    @Test
    void refusesPromptsThatCannotBe() {
        assertRefused("the prompt has no tokens");
        assertRefused("token 11 of the prompt is outside the vocabulary", 11);
        assertRefused("token -1 of the prompt is outside the vocabulary", -1);
        assertRefused("the prompt has 41 tokens, but 40 of the context of 40 are left", new int[41]);
        assertThat(counting.calls()).isZero();
    }

    @Test
    void refusesATokenizerOfAnotherModel() {
        assertThatThrownBy(() -> new Generator(new BigramExecutor(12, 8, (token, length) -> 0), TOKENIZER))
                .isInstanceOf(InputException.class)
                .hasMessage("the tokenizer has 11 tokens, but the model has 12");
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> GenerationOptions.greedy(-1))
                .isInstanceOf(InputException.class)
                .hasMessage("the number of tokens to generate cannot be -1");
    }

    private void assertRefused(String message, int... prompt) {
        assertThatThrownBy(() -> generate(counting, GenerationOptions.greedy(1), prompt))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    private static GenerationResult generate(BigramExecutor executor, GenerationOptions options, int... prompt) {
        return new Generator(executor, TOKENIZER).generate(prompt, options, GenerationListener.NONE);
    }
}
