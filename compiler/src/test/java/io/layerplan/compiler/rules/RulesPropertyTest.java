package io.layerplan.compiler.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphBuilder;
import io.layerplan.compiler.graph.GraphInterpreter;
import io.layerplan.compiler.lower.Lowering;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.schedule.PlanResolver;
import io.layerplan.compiler.schedule.Resolution;
import io.layerplan.compiler.schedule.ResolveOptions;
import io.layerplan.compiler.testing.ModelShape;
import io.layerplan.compiler.testing.RandomModels;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tensor.ElementType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesPropertyTest {
    private static final int SEEDS = 5;
    private static final int LAYERS = 5;

    /// A random model, a random statement for it, and random tokens; the same for the same seed.
    record Sample(String architecture, long seed) {
        Model model() {
            return RandomModels.model(ModelShape.of(architecture, List.of(ElementType.F32), LAYERS), seed);
        }

        RandomGenerator random() {
            return new SplittableRandom(seed);
        }

        int[] tokens() {
            return random().ints(9, 0, 200).toArray();
        }

        /// A block of one to three statements.
        String body() {
            RandomGenerator random = random();
            return IntStream.range(0, random.nextInt(1, 4))
                    .mapToObj(_ -> statement(random))
                    .collect(Collectors.joining("; "));
        }

        private static String statement(RandomGenerator random) {
            int layer = random.nextInt(LAYERS - 1);
            return switch (random.nextInt(7)) {
                case 0 -> "run " + layer;
                case 1 -> "run %d..%d".formatted(layer, random.nextInt(layer, LAYERS));
                case 2 -> "attn " + layer;
                case 3 -> "ffn " + layer;
                case 4 -> "par %d, %d avg".formatted(layer, random.nextInt(LAYERS));
                case 5 -> "loop { run %d; attn %d } x2".formatted(layer, layer + 1);
                default -> "par %d, %d lp scale 0.5".formatted(layer, layer + 1);
            };
        }
    }

    static Stream<Sample> samples() {
        return ModelShape.ARCHITECTURES.stream()
                .flatMap(name -> IntStream.rangeClosed(1, SEEDS).mapToObj(seed -> new Sample(name, seed)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void runAllIsTheUnmodifiedModel(Sample sample) {
        Model copy = RandomModels.relayered(
                sample.model(), IntStream.range(0, LAYERS).boxed().toList());
        assertThat(logits(sample, "run all")).isEqualTo(logits(copy, "run 0; run 1..3; run last", sample.tokens()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void repeatingALayerEqualsACheckpointWithTheLayerCopied(Sample sample) {
        List<Integer> order = sample.random().ints(7, 0, LAYERS).boxed().toList();
        String plan = order.stream().map(layer -> "run " + layer).collect(Collectors.joining("; "));
        Model copied = RandomModels.relayered(sample.model(), order);
        assertThat(logits(sample, plan)).isEqualTo(logits(copied, "run all", sample.tokens()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aParOfOneBranchIsThatBranch(Sample sample) {
        float[] expected = logits(sample, sample.body());
        assertClose(logits(sample, "par { { %s } } avg".formatted(sample.body())), expected);
        assertClose(logits(sample, "par { { %s } } sum".formatted(sample.body())), expected);
        assertThat(logits(sample, "par 2 lp")).isEqualTo(logits(sample, "run 2"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aParOfOneWeightedBranchScalesIt(Sample sample) {
        assertClose(
                logits(sample, "par { { %s } } weights(-0.75)".formatted(sample.body())),
                logits(sample, "{ %s } scale -0.75".formatted(sample.body())));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aLoopOfOneTurnIsItsBody(Sample sample) {
        assertThat(logits(sample, "loop { %s } x1".formatted(sample.body()))).isEqualTo(logits(sample, sample.body()));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bothHalvesOfALayerAreTheLayer(Sample sample) {
        assertThat(logits(sample, "attn 3; ffn 3")).isEqualTo(logits(sample, "run 3"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void prefillEqualsTokenByToken(Sample sample) {
        int[] tokens = sample.tokens();
        float[] prefill = logits(sample, sample.body());
        GraphInterpreter interpreter = interpreter(sample.model(), sample.body());
        int vocabulary = sample.model().spec().vocabulary();
        for (int t = 0; t < tokens.length; t++) {
            float[] logits = interpreter.forward(new int[] {tokens[t]}, 1);
            assertThat(logits).isEqualTo(java.util.Arrays.copyOfRange(prefill, t * vocabulary, (t + 1) * vocabulary));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyOccurrenceOfAnAttentionHasASlotOfItsOwn(Sample sample) {
        Model model = sample.model();
        Graph graph = graph(model, "run 0 x3; attn 1; ffn 2; skip 3; par 4, 4 avg");
        Program program = Lowering.unfused(
                graph, NumericMode.F32, model.spec().vocabulary(), model.spec().context());
        assertThat(program.slots()).extracting(KvSlot::layer).containsExactly(0, 0, 0, 1, 4, 4);
    }

    private static float[] logits(Sample sample, String plan) {
        return logits(sample.model(), plan, sample.tokens());
    }

    private static float[] logits(Model model, String plan, int[] tokens) {
        return interpreter(model, plan).forward(tokens, tokens.length);
    }

    private static GraphInterpreter interpreter(Model model, String plan) {
        return new GraphInterpreter(graph(model, plan), model::weight, NumericMode.F32);
    }

    private static Graph graph(Model model, String plan) {
        Resolution resolution = PlanResolver.resolve(
                new SourceText("rules.plan", plan),
                new io.layerplan.compiler.schedule.ModelShape(
                        "random", model.spec().layers().size()),
                ResolveOptions.NONE);
        assertThat(resolution.schedule()).as(plan + resolution.diagnostics()).isPresent();
        return GraphBuilder.build("rules", resolution.schedule().orElseThrow(), model);
    }

    /// Equal up to rounding: the sums are added in another order.
    private static void assertClose(float[] actual, float[] expected) {
        float largest = 0;
        for (float logit : expected) {
            largest = Math.max(largest, Math.abs(logit));
        }
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f * largest));
        }
    }
}
