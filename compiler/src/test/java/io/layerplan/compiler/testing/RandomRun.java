package io.layerplan.compiler.testing;

import io.layerplan.compiler.graph.Graph;
import io.layerplan.compiler.graph.GraphInterpreter;
import io.layerplan.compiler.graph.Node;
import io.layerplan.compiler.graph.Op;
import io.layerplan.compiler.graph.ValueType.Weights;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Runs a graph by itself, without a model: its weights are random, the same for the same names, and so are the tokens.
public final class RandomRun {
    private static final int PROMPT = 4;
    private static final int FEWEST_TOKENS = 16;

    private RandomRun() {}

    /// The weights that a graph names, each as the graph types it.
    public static Map<String, Matrix> weights(Graph graph) {
        Map<String, Matrix> weights = new TreeMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Op.Weight(var name, Weights(var element, var rows, var columns))) {
                SplittableRandom random = new SplittableRandom(name.hashCode());
                double deviation = 1 / Math.sqrt(columns);
                weights.put(name, RandomWeights.matrix(name, element, rows, columns, deviation, random));
            }
        }
        return weights;
    }

    /// What the graph returns for a prompt and for one more token. Tokens are below 16.
    public static float[] results(Graph graph, Map<String, Matrix> weights, NumericMode mode) {
        GraphInterpreter interpreter =
                new GraphInterpreter(graph, name -> Objects.requireNonNull(weights.get(name), name), mode);
        int[] tokens =
                new SplittableRandom(7).ints(PROMPT + 1, 0, FEWEST_TOKENS).toArray();
        float[] prefill = interpreter.forward(Arrays.copyOf(tokens, PROMPT), 2);
        float[] decode = interpreter.forward(new int[] {tokens[PROMPT]}, 1);
        float[] both = Arrays.copyOf(prefill, prefill.length + decode.length);
        System.arraycopy(decode, 0, both, prefill.length, decode.length);
        return both;
    }
}
