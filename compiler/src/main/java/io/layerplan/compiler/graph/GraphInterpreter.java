package io.layerplan.compiler.graph;

import io.layerplan.compiler.graph.ValueType.Activations;
import io.layerplan.compiler.graph.ValueType.Cache;
import io.layerplan.runtime.kernel.scalar.ScalarActivation;
import io.layerplan.runtime.kernel.scalar.ScalarAttention;
import io.layerplan.runtime.kernel.scalar.ScalarElementwise;
import io.layerplan.runtime.kernel.scalar.ScalarRmsNorm;
import io.layerplan.runtime.kernel.scalar.ScalarRope;
import io.layerplan.runtime.program.Buffer.Rows;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.tensor.Matrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs a graph operation by operation with the scalar kernels, fused operations in the steps that they stand for.
/// Slow, and the definition: what any pass, lowering or executor computes is compared with this.
public final class GraphInterpreter {
    private final Graph graph;
    private final ScalarProducts products;
    private final Function<String, Matrix> weights;
    private final KeyValueFormat kv;
    private final InterpreterState state = new InterpreterState();
    private int length;

    // The batch that is being run.
    private final Map<Value, float[]> activations = new HashMap<>();
    private final Map<Value, Matrix> matrices = new HashMap<>();
    private final Map<Value, InterpreterState.Slot> caches = new HashMap<>();
    private int[] tokens = {};
    private int outputs;

    /// @param weights the model's weights by name
    public GraphInterpreter(Graph graph, Function<String, Matrix> weights, NumericMode mode) {
        this(graph, weights, mode, KeyValueFormat.F32);
    }

    /// @param weights the model's weights by name
    /// @param kv      how keys and values are stored
    public GraphInterpreter(Graph graph, Function<String, Matrix> weights, NumericMode mode, KeyValueFormat kv) {
        this.kv = kv;
        this.graph = graph;
        this.weights = weights;
        this.products = new ScalarProducts(mode);
    }

    /// Appends `batch` to the sequence.
    ///
    /// @param outputs for how many of the last tokens logits are wanted
    /// @return `outputs` rows of logits, row after row
    public float[] forward(int[] batch, int outputs) {
        this.tokens = batch.clone();
        this.outputs = outputs;
        activations.clear();
        for (Node node : graph.nodes()) {
            run(node);
        }
        length += batch.length;
        return activations(graph.logits());
    }

    private void run(Node node) {
        Value result = node.result();
        switch (node.op()) {
            case Op.Weight(var name, var _) -> matrices.put(result, weights.apply(name));
            case Op.KvWrite(var keys, var values, var slot, var _, var _) ->
                caches.put(result, state.append(slot, stored(keys), stored(values)));
            case Op.Embed(var _, var table, var scale) -> define(result, embed(matrix(table), scale));
            case Op.Norm(var x, var gain, var epsilon, var groups) ->
                define(result, norm(activations(x), width(x), vector(gain), epsilon, groups));
            case Op.MatMul(var x, var w, var bias, var heads) ->
                define(result, epilogue(product(x, w, bias), width(result), heads));
            case Op.GatedMatMul(var x, var gate, var up, var activation) -> {
                float[] y = product(x, gate, Optional.empty());
                ScalarActivation.activate(activation, y, 0, y.length, y, 0);
                ScalarElementwise.multiply(y, 0, product(x, up, Optional.empty()), 0, y.length, y, 0);
                define(result, y);
            }
            case Op.AddBias(var x, var bias) ->
                define(result, addBias(activations(x).clone(), bias));
            case Op.Rotate(var x, var _, var factors, var rope) ->
                define(result, rotate(activations(x).clone(), width(x), factors, rope));
            case Op.Attention(var queries, var cache, var heads) -> define(result, attention(queries, cache, heads));
            case Op.Activate(var x, var activation) -> {
                float[] y = activations(x).clone();
                ScalarActivation.activate(activation, y, 0, y.length, y, 0);
                define(result, y);
            }
            case Op.Multiply(var a, var b) -> {
                float[] y = activations(a).clone();
                ScalarElementwise.multiply(y, 0, activations(b), 0, y.length, y, 0);
                define(result, y);
            }
            case Op.Sum(var terms) -> define(result, sum(terms));
            case Op.SelectOutputs(var x) -> define(result, lastRows(x));
        }
    }

    private float[] stored(Value value) {
        float[] x = activations(value).clone();
        for (int i = 0; i < x.length; i++) {
            x[i] = kv.stored(x[i]);
        }
        return x;
    }

    private float[] embed(Matrix table, float scale) {
        int width = table.columns();
        float[] y = new float[tokens.length * width];
        for (int t = 0; t < tokens.length; t++) {
            float[] row = ScalarProducts.decode(table, tokens[t]);
            for (int i = 0; i < width; i++) {
                y[t * width + i] = scale * row[i];
            }
        }
        return y;
    }

    private static float[] norm(float[] x, int width, float[] gain, float epsilon, int groups) {
        float[] y = new float[x.length];
        for (int row = 0; row < x.length; row += width) {
            ScalarRmsNorm.normalizeGroups(x, row, gain, epsilon, groups, y, row);
        }
        return y;
    }

    private float[] product(Input input, Value w, Optional<Value> bias) {
        float[] x = input.outputs() ? lastRows(input.x()) : activations(input.x());
        float[] normed = input.norm()
                .map(norm -> norm(x, width(input.x()), vector(norm.gain()), norm.epsilon(), 1))
                .orElse(x);
        float[] y = products.multiply(normed, matrix(w));
        return bias.map(b -> addBias(y, b)).orElse(y);
    }

    private float[] addBias(float[] y, Value bias) {
        float[] b = vector(bias);
        for (int row = 0; row < y.length; row += b.length) {
            ScalarElementwise.add(y, row, b, 0, b.length, y, row);
        }
        return y;
    }

    private float[] epilogue(float[] y, int width, HeadEpilogue heads) {
        float[] normed = heads.norm()
                .map(n -> norm(y, width, vector(n.gain()), n.epsilon(), n.groups()))
                .orElse(y);
        return heads.rotation()
                .map(r -> rotate(normed, width, r.factors(), r.rope()))
                .orElse(normed);
    }

    private float[] rotate(float[] y, int width, Optional<Value> factors, RopeAttributes attributes) {
        Rope rope = new Rope(attributes.pairing(), attributes.dimensions(), attributes.base(), attributes.scale(), -1);
        int heads = width / attributes.headSize();
        float[] divisors = factors.map(this::vector).orElse(null);
        for (int t = 0; t * width < y.length; t++) {
            int position = length + t;
            ScalarRope.rotate(y, t * width, heads, attributes.headSize(), rope, divisors, position, y, t * width);
        }
        return y;
    }

    private float[] attention(Value queries, Value cache, Heads heads) {
        InterpreterState.Slot slot = present(caches.get(cache), cache);
        int window = ((Cache) cache.type()).window();
        int width = width(queries);
        float[] y = new float[tokens.length * width];
        for (int t = 0; t < tokens.length; t++) {
            int position = length + t;
            int from = ScalarAttention.firstVisible(position, window);
            ScalarAttention.attend(
                    activations(queries), t * width, heads, slot.keys, slot.values, from, position + 1, y, t * width);
        }
        return y;
    }

    private float[] sum(List<Term> terms) {
        float[] y = new float[0];
        for (Term term : terms) {
            float[] x = term(term);
            float weight = term.weight();
            if (y.length == 0) {
                y = new float[x.length];
                ScalarElementwise.scale(weight, x, 0, x.length, y, 0);
            } else {
                ScalarElementwise.addScaled(weight, x, 0, x.length, y, 0);
            }
        }
        return y;
    }

    private float[] term(Term term) {
        return switch (term) {
            case Term.Plain(var x, var _) -> activations(x);
            case Term.Normed(var x, var gain, var epsilon, var _) ->
                norm(activations(x), width(x), vector(gain), epsilon, 1);
            case Term.Product(var x, var w, var bias, var _) -> product(x, w, bias);
        };
    }

    private float[] lastRows(Value x) {
        float[] rows = activations(x);
        return ((Activations) x.type()).rows() == Rows.OUTPUTS
                ? rows
                : Arrays.copyOfRange(rows, (tokens.length - outputs) * width(x), rows.length);
    }

    private void define(Value value, float[] rows) {
        activations.put(value, rows);
    }

    private float[] activations(Value value) {
        return present(activations.get(value), value);
    }

    private Matrix matrix(Value value) {
        return present(matrices.get(value), value);
    }

    private float[] vector(Value value) {
        return ScalarProducts.decode(matrix(value), 0);
    }

    private static int width(Value value) {
        return ((Activations) value.type()).width();
    }

    private static <T> T present(@Nullable T known, Value value) {
        return Optional.ofNullable(known).orElseThrow(() -> new IllegalStateException(value + " is not computed yet"));
    }
}
