package io.layerplan.runtime.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.InputException;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplerTest {
    /// Probabilities 0.5, 0.25, 0.125, 0.1, 0.025, not in this order.
    private static final float[] LOGITS = logarithms(0.1, 0.5, 0.025, 0.25, 0.125);

    private static final SamplingOptions DRAWN = SamplingOptions.GREEDY.withTemperature(1);

    @Test
    void takesTheLowestIdOfTheBestAtTemperatureZero() {
        assertThat(new Sampler(SamplingOptions.GREEDY).sample(new float[] {-1f, 3f, 2f, 3f}))
                .isEqualTo(1);
    }

    @Test
    void drawsInProportionToTheProbabilities() {
        int[] counts = counts(DRAWN, 100_000);

        assertThat(counts[0] / 1e5).isCloseTo(0.1, within(0.005));
        assertThat(counts[1] / 1e5).isCloseTo(0.5, within(0.005));
        assertThat(counts[2] / 1e5).isCloseTo(0.025, within(0.005));
        assertThat(counts[3] / 1e5).isCloseTo(0.25, within(0.005));
        assertThat(counts[4] / 1e5).isCloseTo(0.125, within(0.005));
    }

    @Test
    void sharpensAndFlattensByTemperature() {
        // p^(1/T) normalised: 0.5² = 0.25 of 0.25 + 0.0625 + 0.015625 + 0.01 + 0.000625
        assertThat(counts(DRAWN.withTemperature(0.5), 100_000)[1] / 1e5).isCloseTo(0.25 / 0.33875, within(0.005));
        // √0.5 of √0.5 + √0.25 + √0.125 + √0.1 + √0.025
        assertThat(counts(DRAWN.withTemperature(2), 100_000)[1] / 1e5).isCloseTo(0.70711 / 2.03500, within(0.005));
    }

    @Test
    void keepsTheTopK() {
        assertThat(drawn(DRAWN.withTopK(1))).containsExactly(1);
        assertThat(drawn(DRAWN.withTopK(3))).containsExactly(1, 3, 4);
        assertThat(drawn(DRAWN.withTopK(99))).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void keepsTheShortestNucleus() {
        assertThat(drawn(DRAWN.withTopP(0.1))).containsExactly(1);
        assertThat(drawn(DRAWN.withTopP(0.74))).containsExactly(1, 3);
        assertThat(drawn(DRAWN.withTopP(0.76))).containsExactly(1, 3, 4);
        assertThat(drawn(DRAWN.withTopP(0.999))).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void measuresTheNucleusWithinTheTopK() {
        // of the best three, 0.5 is 0.571
        assertThat(drawn(DRAWN.withTopK(3).withTopP(0.57))).containsExactly(1);
        assertThat(drawn(DRAWN.withTopP(0.57))).containsExactly(1, 3);
    }

    @Test
    void keepsTheShareOfTheBest() {
        assertThat(drawn(DRAWN.withMinP(0.22))).containsExactly(1, 3, 4);
        assertThat(drawn(DRAWN.withMinP(0.3))).containsExactly(1, 3);
        assertThat(drawn(DRAWN.withMinP(1))).containsExactly(1);
    }

    @Test
    void cutsBeforeTheTemperatureFlattens() {
        assertThat(drawn(DRAWN.withTopP(0.74).withTemperature(100))).containsExactly(1, 3);
    }

    @Test
    void findsALargeNucleusToo() {
        float[] flat = new float[1000];
        Set<Integer> seen = new TreeSet<>();
        Sampler sampler = new Sampler(DRAWN.withTopP(0.9));
        for (int i = 0; i < 6_000; i++) {
            seen.add(sampler.sample(flat.clone()));
        }

        assertThat(seen).hasSizeBetween(870, 900).allMatch(id -> id < 900);
    }

    @Test
    void penalisesRecentTokensAndForgetsThem() {
        SamplingOptions options = SamplingOptions.GREEDY.withRepetitionPenalty(2, 2);
        Sampler sampler = new Sampler(options);
        sampler.accept(0);
        sampler.accept(0);

        assertThat(sampler.sample(new float[] {3f, 2f, -1f})).isEqualTo(1);
        sampler.accept(1);
        assertThat(sampler.sample(new float[] {-1f, -1.5f, -1.9f})).isEqualTo(2);
        sampler.accept(2);
        assertThat(sampler.sample(new float[] {3f, 2f, -1f})).isEqualTo(0);
    }

    @Test
    void penalisesATokenOnceHoweverOftenItCame() {
        Sampler sampler = new Sampler(SamplingOptions.GREEDY.withRepetitionPenalty(1.2, 8));
        IntStream.range(0, 5).forEach(i -> sampler.accept(0));

        assertThat(sampler.sample(new float[] {3f, 2.4f})).isZero();
    }

    @Test
    void drawsTheSameForASeed() {
        assertThat(sequence(DRAWN.withSeed(5))).isEqualTo(sequence(DRAWN.withSeed(5)));
        assertThat(sequence(DRAWN.withSeed(5))).isNotEqualTo(sequence(DRAWN.withSeed(6)));
        assertThat(sequence(DRAWN.withSeed(42))).containsExactly(3, 1, 1, 1, 0, 3, 1, 3, 1, 2);
    }

    /// Whatever is kept from step to step, and however little is sorted.
    @ParameterizedTest
    @CsvSource({"0, 1, 0", "0, 0.6, 0", "0, 1, 0.02", "0, 0.97, 0.01", "40, 1, 0", "40, 0.8, 0.05", "900, 0.99, 0"})
    void drawsWhatADefinitionByASortDraws(int topK, double topP, double minP) {
        SamplingOptions options = DRAWN.withTemperature(1.3)
                .withTopK(topK)
                .withTopP(topP)
                .withMinP(minP)
                .withSeed(7);
        Sampler sampler = new Sampler(options);
        SplitMix64 draws = new SplitMix64(7);
        SplittableRandom random = new SplittableRandom(3);
        for (int step = 0; step < 200; step++) {
            float[] logits = new float[1 + random.nextInt(1000)];
            for (int id = 0; id < logits.length; id++) {
                logits[id] = random.nextInt(-20, 20) / 3f;
            }
            assertThat(sampler.sample(logits)).isEqualTo(SamplerDefinition.sample(logits, options, draws));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "0.9, 0, 0", "1, 0.1, 0", "0.9, 0, 40"})
    void leavesNoGarbageOfTheVocabularysSize(double topP, double minP, int topK) {
        Sampler sampler = new Sampler(DRAWN.withTopP(topP).withMinP(minP).withTopK(topK));
        float[] logits = new float[100_000];
        for (int id = 0; id < logits.length; id++) {
            logits[id] = id % 1000 / 50f;
        }
        sampler.sample(logits);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        sampler.sample(logits);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void failsOnLogitsThatAreNoNumbers(float logit) {
        for (SamplingOptions options : new SamplingOptions[] {SamplingOptions.GREEDY, DRAWN.withTopK(2)}) {
            assertThatThrownBy(() -> new Sampler(options).sample(new float[] {1f, 2f, logit}))
                    .isInstanceOf(NonFiniteLogitsException.class)
                    .hasMessage("the model's logit of token 2 is %s".formatted(logit));
        }
        assertThatThrownBy(() -> new Sampler(DRAWN).sample(new float[] {Float.NEGATIVE_INFINITY}))
                .isInstanceOf(NonFiniteLogitsException.class);
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertRefused(() -> DRAWN.withTemperature(-1), "temperature cannot be -1.0");
        assertRefused(() -> DRAWN.withTemperature(Double.NaN), "temperature cannot be NaN");
        assertRefused(() -> DRAWN.withTopK(-1), "top-k cannot be -1");
        assertRefused(() -> DRAWN.withTopP(0), "top-p cannot be 0.0");
        assertRefused(() -> DRAWN.withMinP(1.5), "min-p cannot be 1.5");
        assertRefused(() -> DRAWN.withRepetitionPenalty(0, 4), "repetition penalty cannot be 0.0");
        assertRefused(() -> DRAWN.withRepetitionPenalty(1, -4), "repetition window cannot be -4");
    }

    private static void assertRefused(Runnable options, String message) {
        assertThatThrownBy(options::run).isInstanceOf(InputException.class).hasMessage(message);
    }

    private static int[] sequence(SamplingOptions options) {
        Sampler sampler = new Sampler(options);
        return IntStream.range(0, 10).map(i -> sampler.sample(LOGITS.clone())).toArray();
    }

    private static Set<Integer> drawn(SamplingOptions options) {
        int[] counts = counts(options, 5_000);
        Set<Integer> drawn = new TreeSet<>();
        IntStream.range(0, counts.length).filter(id -> counts[id] > 0).forEach(drawn::add);
        return drawn;
    }

    private static int[] counts(SamplingOptions options, int draws) {
        Sampler sampler = new Sampler(options);
        int[] counts = new int[LOGITS.length];
        for (int i = 0; i < draws; i++) {
            counts[sampler.sample(LOGITS.clone())]++;
        }
        return counts;
    }

    private static float[] logarithms(double... probabilities) {
        float[] logits = new float[probabilities.length];
        for (int id = 0; id < logits.length; id++) {
            logits[id] = (float) Math.log(probabilities[id]);
        }
        return logits;
    }
}
