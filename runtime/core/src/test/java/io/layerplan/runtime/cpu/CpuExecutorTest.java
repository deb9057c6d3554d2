package io.layerplan.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.cpu.job.AttentionJob;
import io.layerplan.runtime.kernel.RowKernels;
import io.layerplan.runtime.kernel.scalar.ScalarRowKernels;
import io.layerplan.runtime.kernel.vector.VectorOptions;
import io.layerplan.runtime.kernel.vector.VectorRowKernels;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.ElementType;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpuExecutorTest {
    private static final Heads HEADS = new Heads(4, 2, 16, 0.25);
    private static final TinyDecoder DECODER = decoder(ElementType.F32, false);
    private static final int[] TOKENS = tokens(150);

    static Stream<RowKernels> kernels() {
        return Stream.of(new ScalarRowKernels(), KernelSelection.choose(true));
    }

    private static TinyDecoder decoder(ElementType type, boolean fused) {
        return decoder(type, NumericMode.F32, fused);
    }

    private static TinyDecoder decoder(ElementType type, NumericMode mode, boolean fused) {
        return new TinyDecoder(type, 3, 64, 96, HEADS, mode, fused);
    }

    private static int[] tokens(int count) {
        return new Random(3).ints(count, 0, TinyDecoder.VOCABULARY).toArray();
    }

    private static CpuExecutor executor(TinyDecoder decoder, RowKernels kernels, int threads, int batch) {
        return new CpuExecutor(decoder.program(), decoder.weights()::get, new CpuOptions(threads, 256, batch), kernels);
    }

    private static float[] all(TinyDecoder decoder, RowKernels kernels, int threads, int batch) {
        try (CpuExecutor executor = executor(decoder, kernels, threads, batch)) {
            return executor.forward(TOKENS, TOKENS.length);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void prefillEqualsTokenByToken(RowKernels kernels) {
        float[] expected = all(DECODER, kernels, 1, 256);
        try (CpuExecutor executor = executor(DECODER, kernels, 1, 256)) {
            for (int t = 0; t < TOKENS.length; t++) {
                float[] logits = executor.forward(new int[] {TOKENS[t]}, 1);
                assertThat(logits).as("token %d", t).containsExactly(row(expected, t), within(2e-4f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void batchesOfAnySizeGiveTheSameLogits(RowKernels kernels) {
        float[] expected = all(DECODER, kernels, 1, 256);
        for (int batch : new int[] {3, 7, 16, 47, 149}) {
            assertThat(all(DECODER, kernels, 1, batch)).as("batch %d", batch).containsExactly(expected, within(2e-4f));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void theNumberOfThreadsChangesNoBit(RowKernels kernels) {
        for (int batch : new int[] {1, 5, 100}) {
            float[] expected = all(DECODER, kernels, 1, batch);
            for (int threads = 2; threads <= 3; threads++) {
                assertThat(all(DECODER, kernels, threads, batch)).isEqualTo(expected);
            }
        }
    }

    /// The context is seen in two spans; its last tokens come one by one, as in decoding.
    private static float[] afterLongContext(TinyDecoder decoder, RowKernels kernels, int threads, int batch) {
        return afterLongContext(decoder, kernels, threads, batch, KeyValueFormat.F32);
    }

    private static float[] afterLongContext(
            TinyDecoder decoder, RowKernels kernels, int threads, int batch, KeyValueFormat kv) {
        int[] tokens = tokens(2 * AttentionJob.SPAN - 20);
        int prompt = tokens.length - 3;
        float[] last = new float[3 * TinyDecoder.VOCABULARY];
        CpuOptions options = new CpuOptions(threads, TinyDecoder.CONTEXT, batch, kv);
        try (CpuExecutor executor = new CpuExecutor(decoder.program(), decoder.weights()::get, options, kernels)) {
            executor.forward(Arrays.copyOf(tokens, prompt), 0);
            for (int t = 0; t < 3; t++) {
                float[] logits = executor.forward(new int[] {tokens[prompt + t]}, 1);
                System.arraycopy(logits, 0, last, t * TinyDecoder.VOCABULARY, TinyDecoder.VOCABULARY);
            }
        }
        return last;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void longContextsAreSplitWithoutChangingABit(RowKernels kernels) {
        TinyDecoder fused = decoder(ElementType.F32, true);
        float[] expected = afterLongContext(DECODER, kernels, 1, 256);
        for (int threads = 1; threads <= 3; threads++) {
            assertThat(afterLongContext(DECODER, kernels, threads, 256)).isEqualTo(expected);
            assertThat(afterLongContext(fused, kernels, threads, 256)).isEqualTo(expected);
        }
        for (int batch : new int[] {3, 50, 512}) {
            assertThat(afterLongContext(DECODER, kernels, 2, batch)).containsExactly(expected, within(2e-4f));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void roundedKeysAndValuesChangeTheLogitsALittle(RowKernels kernels) {
        float[] exact = afterLongContext(DECODER, kernels, 1, 256, KeyValueFormat.F32);
        float[] rounded = afterLongContext(DECODER, kernels, 1, 256, KeyValueFormat.F16);
        assertThat(difference(exact, rounded)).isBetween(1e-5, 2e-3);
        assertThat(afterLongContext(decoder(ElementType.F32, true), kernels, 2, 256, KeyValueFormat.F16))
                .isEqualTo(rounded);
    }

    @Test
    void longContextsAreWhatTheDefinitionSays() {
        assertThat(afterLongContext(DECODER, KernelSelection.choose(true), 2, 64))
                .containsExactly(afterLongContext(DECODER, new ScalarRowKernels(), 1, 64), within(2e-4f));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void fusionChangesNoBit(RowKernels kernels) {
        for (ElementType type : new ElementType[] {ElementType.F32, ElementType.Q8_0}) {
            TinyDecoder unfused = decoder(type, false);
            TinyDecoder fused = decoder(type, true);
            for (int batch : new int[] {1, 5, 100}) {
                assertThat(all(fused, kernels, 2, batch)).isEqualTo(all(unfused, kernels, 2, batch));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void fusionChangesNoBitWithQuantisedActivations(RowKernels kernels) {
        TinyDecoder unfused = decoder(ElementType.Q5_0, NumericMode.Q8, false);
        TinyDecoder fused = decoder(ElementType.Q5_0, NumericMode.Q8, true);
        for (int batch : new int[] {1, 5, 100}) {
            assertThat(all(fused, kernels, 2, batch)).isEqualTo(all(unfused, kernels, 2, batch));
        }
    }

    /// Where products of integers take many tokens as codes, it does not matter how many tokens come together; as
    /// floats it does, a little.
    @Test
    void packedCodesGiveTheBitsOfSingleTokens() {
        TinyDecoder decoder = decoder(ElementType.Q5_0, NumericMode.Q8, true);
        RowKernels codes = new VectorRowKernels();
        float[] expected = all(decoder, codes, 1, 1);
        for (int batch : new int[] {5, 16, 47, 150}) {
            assertThat(all(decoder, codes, 2, batch)).as("batch %d", batch).isEqualTo(expected);
        }
        float[] floats = all(decoder, new VectorRowKernels(new VectorOptions(true, false, true)), 2, 150);
        assertThat(difference(floats, expected)).isBetween(1e-9, 0.01);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void quantisedActivationsChangeTheLogitsALittle(RowKernels kernels) {
        float[] exact = all(decoder(ElementType.Q8_0, NumericMode.F32, true), kernels, 1, 64);
        float[] quantised = all(decoder(ElementType.Q8_0, NumericMode.Q8, true), kernels, 1, 64);
        assertThat(difference(exact, quantised)).isBetween(1e-4, 0.05);
    }

    /// Relative, in the Euclidean norm.
    private static double difference(float[] exact, float[] other) {
        double squares = 0;
        double differences = 0;
        for (int i = 0; i < exact.length; i++) {
            squares += exact[i] * exact[i];
            differences += (exact[i] - other[i]) * (exact[i] - other[i]);
        }
        return Math.sqrt(differences / squares);
    }

    @Test
    void theModeQuantisesForQuantisedWeightsOnly() {
        float[] exact = all(decoder(ElementType.F16, NumericMode.F32, true), new ScalarRowKernels(), 1, 64);
        float[] mode = all(decoder(ElementType.F16, NumericMode.Q8, true), new ScalarRowKernels(), 1, 64);
        assertThat(mode).isEqualTo(exact);
    }

    @Test
    void vectorKernelsAgreeWithTheDefinitions() {
        for (ElementType type : new ElementType[] {ElementType.F32, ElementType.F16, ElementType.Q5_0}) {
            TinyDecoder decoder = decoder(type, false);
            float[] expected = all(decoder, new ScalarRowKernels(), 1, 256);
            assertThat(all(decoder, KernelSelection.choose(true), 2, 256)).containsExactly(expected, within(2e-4f));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void truncatingForgetsWhatCameAfter(RowKernels kernels) {
        try (CpuExecutor executor = executor(DECODER, kernels, 2, 64)) {
            executor.forward(Arrays.copyOf(TOKENS, 90), 0);
            float[] first = executor.forward(Arrays.copyOfRange(TOKENS, 90, 100), 10);
            executor.truncate(90);
            assertThat(executor.length()).isEqualTo(90);
            assertThat(executor.forward(Arrays.copyOfRange(TOKENS, 90, 100), 10))
                    .isEqualTo(first);
            executor.truncate(0);
            executor.forward(Arrays.copyOf(TOKENS, 90), 0);
            assertThat(executor.forward(Arrays.copyOfRange(TOKENS, 90, 100), 10))
                    .isEqualTo(first);
        }
    }

    @Test
    void onlyTheOutputsAskedForAreReturned() {
        float[] expected = all(DECODER, new ScalarRowKernels(), 1, 64);
        try (CpuExecutor executor = executor(DECODER, new ScalarRowKernels(), 1, 64)) {
            float[] last = executor.forward(TOKENS, 30);
            assertThat(last)
                    .isEqualTo(Arrays.copyOfRange(
                            expected, (TOKENS.length - 30) * TinyDecoder.VOCABULARY, expected.length));
        }
    }

    @Test
    void logitsGoIntoTheSpareArrayWhereItFits() {
        try (CpuExecutor executor = executor(DECODER, new ScalarRowKernels(), 1, 64)) {
            executor.forward(Arrays.copyOf(TOKENS, 9), 0);
            float[] expected = executor.forward(new int[] {TOKENS[9]}, 1);
            float[] spare = new float[TinyDecoder.VOCABULARY];
            Arrays.fill(spare, 5f);

            executor.truncate(9);
            assertThat(executor.next(TOKENS[9], spare)).isSameAs(spare).isEqualTo(expected);
            executor.truncate(9);
            assertThat(executor.next(TOKENS[9], new float[3])).isEqualTo(expected);
        }
    }

    @Test
    void countsTheLaunchesOfEveryBatch() {
        int launches = DECODER.program().launches().size();
        try (CpuExecutor executor = executor(DECODER, new ScalarRowKernels(), 2, 64)) {
            executor.forward(new int[] {1}, 1);
            assertThat(executor.launches()).isEqualTo(launches);
            executor.forward(Arrays.copyOf(TOKENS, 100), 70);
            assertThat(executor.launches()).isEqualTo(3L * launches);
        }
    }

    @Test
    void refusesATokenOutsideTheVocabulary() {
        try (CpuExecutor executor = executor(DECODER, new ScalarRowKernels(), 1, 64)) {
            assertThatThrownBy(() -> executor.forward(new int[] {1, 61}, 1))
                    .isInstanceOf(InputException.class)
                    .hasMessage("token 1 is 61, and the vocabulary has 61 tokens");
        }
    }

    @Test
    void refusesMoreThanTheContext() {
        try (CpuExecutor executor = executor(DECODER, new ScalarRowKernels(), 1, 64)) {
            executor.forward(Arrays.copyOf(TOKENS, 150), 0);
            assertThatThrownBy(() -> executor.forward(TOKENS, 0))
                    .isInstanceOf(InputException.class)
                    .hasMessage("150 tokens after 150 do not fit into a context of 256");
        }
    }

    @Test
    void refusesAModelWithoutAWeight() {
        assertThatThrownBy(() -> new CpuExecutor(DECODER.program(), name -> null, CpuOptions.ofContext(16)))
                .isInstanceOf(InputException.class)
                .hasMessage("the model has no weight `table`");
    }

    @Test
    void refusesAContextThatCannotFit() {
        CpuOptions options = new CpuOptions(1, Integer.MAX_VALUE, 64);
        assertThatThrownBy(() -> new CpuExecutor(DECODER.program(), DECODER.weights()::get, options))
                .isInstanceOf(InputException.class)
                .hasMessageMatching("the run needs [0-9.]+ GB for keys and values and .* the (JVM|machine) has .*");
    }

    @Test
    void estimatesKeysAndValuesBeforeTheyAreAllocated() {
        MemoryEstimate estimate = MemoryEstimate.of(
                DECODER.program(), DECODER.weights()::get, new CpuOptions(1, 128, 64), new ScalarRowKernels());
        assertThat(estimate.keyValues()).isEqualTo(3 * 2 * 128 * 32 * 4L);
        assertThat(MemoryEstimate.of(
                                DECODER.program(),
                                DECODER.weights()::get,
                                new CpuOptions(1, 128, 64, KeyValueFormat.F16),
                                new ScalarRowKernels())
                        .keyValues())
                .isEqualTo(3 * 2 * 128 * 32 * 2L);
        assertThat(estimate.weights())
                .isEqualTo(DECODER.weights().values().stream()
                        .mapToLong(matrix -> matrix.data().byteSize())
                        .sum());
    }

    private static float[] row(float[] logits, int row) {
        return Arrays.copyOfRange(logits, row * TinyDecoder.VOCABULARY, (row + 1) * TinyDecoder.VOCABULARY);
    }
}
