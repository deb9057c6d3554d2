package io.layerplan.runtime.cpu;

import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.HeadEpilogue;
import io.layerplan.runtime.program.HeadEpilogue.HeadNorm;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Input;
import io.layerplan.runtime.program.Input.InputNorm;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.program.WeightReference;
import io.layerplan.runtime.tensor.ElementType;
import io.layerplan.runtime.tensor.Matrix;
import io.layerplan.runtime.testing.RandomWeights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/// A small random decoder as a program, unfused or fused: pre-norm layers with biased projections, q/k norms, a
/// window in every second layer and a gated feed-forward.
public final class TinyDecoder {
    public static final int VOCABULARY = 61;
    static final int CONTEXT = 512;
    private static final float EPSILON = 1e-5f;

    private final ElementType type;
    private final int width;
    private final int feedForward;
    private final Heads heads;
    private final boolean fused;
    private final Random random = new Random(7);
    private final List<WeightReference> references = new ArrayList<>();
    private final Map<String, Matrix> matrices = new LinkedHashMap<>();
    private final List<Launch> launches = new ArrayList<>();
    private final List<KvSlot> slots = new ArrayList<>();
    private final Program program;

    /// @param fused whether norms, biases, rope, slots' writes, gates and sums belong to products
    public TinyDecoder(
            ElementType type, int layers, int width, int feedForward, Heads heads, NumericMode mode, boolean fused) {
        this.type = type;
        this.width = width;
        this.feedForward = feedForward;
        this.heads = heads;
        this.fused = fused;
        List<Buffer> buffers = List.of(
                new Buffer(0, Buffer.Rows.TOKENS, width),
                new Buffer(1, Buffer.Rows.TOKENS, width),
                new Buffer(2, Buffer.Rows.TOKENS, queries() + 2 * keys()),
                new Buffer(3, Buffer.Rows.TOKENS, queries()),
                new Buffer(4, Buffer.Rows.TOKENS, 2 * feedForward),
                new Buffer(5, Buffer.Rows.OUTPUTS, width),
                new Buffer(6, Buffer.Rows.OUTPUTS, VOCABULARY));
        int table = weight("table", VOCABULARY, width, 1);
        launch(new Kernel.Embed(table, 2, stream()));
        for (int layer = 0; layer < layers; layer++) {
            attention(layer);
            feedForward(layer);
        }
        int gain = vector("output_norm", width, 0.2, 1);
        View last = new View(5, 0, width);
        if (fused) {
            product(new Input(stream(), norm(gain)), table, new View(6, 0, VOCABULARY));
        } else {
            launch(new Kernel.SelectOutputs(stream(), last));
            launch(new Kernel.Norm(last, gain, EPSILON, 1, last));
            product(Input.plain(last), table, new View(6, 0, VOCABULARY));
        }
        program = new Program(
                "tiny", mode, VOCABULARY, CONTEXT, references, buffers, slots, launches, new View(6, 0, VOCABULARY));
    }

    public Program program() {
        return program;
    }

    public Map<String, Matrix> weights() {
        return matrices;
    }

    private int queries() {
        return heads.queries() * heads.size();
    }

    private int keys() {
        return heads.keyValues() * heads.size();
    }

    private static Optional<InputNorm> norm(int gain) {
        return Optional.of(new InputNorm(gain, EPSILON));
    }

    private View stream() {
        return new View(0, 0, width);
    }

    private void attention(int layer) {
        int slot = slots.size();
        slots.add(new KvSlot(slot, layer, keys(), layer % 2 == 0 ? 0 : 9));
        Rope.Pairing pairing = layer % 2 == 0 ? Rope.Pairing.HALVES : Rope.Pairing.ADJACENT;
        Rope rope = new Rope(pairing, heads.size(), 10000, 1, -1);
        int gain = vector("attn_norm" + layer, width, 0.2, 1);
        int headGain = vector("head_norm" + layer, heads.size(), 0.2, 1);
        int q = weight("q" + layer, queries(), width, 1 / Math.sqrt(width));
        int k = weight("k" + layer, keys(), width, 1 / Math.sqrt(width));
        int v = weight("v" + layer, keys(), width, 1 / Math.sqrt(width));
        int qBias = vector("q_bias" + layer, queries(), 0.3, 0);
        int vBias = vector("v_bias" + layer, keys(), 0.3, 0);
        int output = weight("o" + layer, width, queries(), 1 / Math.sqrt(queries()));
        View qView = new View(2, 0, queries());
        View kView = new View(2, queries(), keys());
        View vView = new View(2, queries() + keys(), keys());
        View attended = new View(3, 0, queries());
        if (fused) {
            Input x = new Input(stream(), norm(gain));
            Optional<HeadEpilogue> epilogue = Optional.of(
                    new HeadEpilogue(heads.size(), Optional.of(new HeadNorm(headGain, EPSILON)), Optional.of(rope)));
            launch(
                    new Kernel.MatMul(x, q, OptionalInt.of(qBias), epilogue, new Target.Activations(qView)),
                    new Kernel.MatMul(x, k, OptionalInt.empty(), epilogue, new Target.Keys(slot)),
                    new Kernel.MatMul(x, v, OptionalInt.of(vBias), Optional.empty(), new Target.Values(slot)));
        } else {
            View normed = new View(1, 0, width);
            launch(new Kernel.Norm(stream(), gain, EPSILON, 1, normed));
            product(Input.plain(normed), q, qView);
            product(Input.plain(normed), k, kView);
            product(Input.plain(normed), v, vView);
            launch(new Kernel.Bias(qView, qBias, qView), new Kernel.Bias(vView, vBias, vView));
            launch(new Kernel.Norm(qView, headGain, EPSILON, heads.queries(), qView));
            launch(new Kernel.Norm(kView, headGain, EPSILON, heads.keyValues(), kView));
            launch(new Kernel.Rotate(qView, rope, heads.size(), qView));
            launch(new Kernel.Rotate(kView, rope, heads.size(), kView));
            launch(new Kernel.KvWrite(kView, vView, slot));
        }
        launch(new Kernel.Attention(qView, slot, heads, attended));
        residual(Input.plain(attended), output, 0.5f);
    }

    private void feedForward(int layer) {
        int gain = vector("ffn_norm" + layer, width, 0.2, 1);
        int gate = weight("gate" + layer, feedForward, width, 1 / Math.sqrt(width));
        int up = weight("up" + layer, feedForward, width, 1 / Math.sqrt(width));
        int down = weight("down" + layer, width, feedForward, 1 / Math.sqrt(feedForward));
        View gates = new View(4, 0, feedForward);
        View ups = new View(4, feedForward, feedForward);
        Activation activation = layer % 2 == 0 ? Activation.SILU : Activation.GELU_TANH;
        if (fused) {
            launch(new Kernel.GatedMatMul(new Input(stream(), norm(gain)), gate, up, activation, gates));
        } else {
            View normed = new View(1, 0, width);
            launch(new Kernel.Norm(stream(), gain, EPSILON, 1, normed));
            product(Input.plain(normed), gate, gates);
            product(Input.plain(normed), up, ups);
            launch(new Kernel.Activate(gates, activation, gates));
            launch(new Kernel.Multiply(gates, ups, gates));
        }
        residual(Input.plain(gates), down, 1);
    }

    /// `x ← x + weight · matrix · input`
    private void residual(Input input, int matrix, float weight) {
        if (fused) {
            launch(new Kernel.Sum(
                    List.of(new Term.Plain(stream(), 1), new Term.Product(input, matrix, OptionalInt.empty(), weight)),
                    stream()));
        } else {
            View result = new View(1, 0, width);
            product(input, matrix, result);
            launch(new Kernel.Sum(List.of(new Term.Plain(stream(), 1), new Term.Plain(result, weight)), stream()));
        }
    }

    private void product(Input x, int matrix, View y) {
        launch(new Kernel.MatMul(x, matrix, OptionalInt.empty(), Optional.empty(), new Target.Activations(y)));
    }

    private void launch(Kernel... jobs) {
        launches.add(new Launch(List.of(jobs)));
    }

    private int weight(String name, int rows, int columns, double deviation) {
        return add(RandomWeights.matrix(name, type, rows, columns, deviation, random));
    }

    private int vector(String name, int size, double deviation, double mean) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        return add(RandomWeights.matrix(name, ElementType.F32, 1, size, values));
    }

    private int add(Matrix matrix) {
        int id = references.size();
        references.add(new WeightReference(id, matrix.name(), matrix.type(), matrix.rows(), matrix.columns()));
        matrices.put(matrix.name(), matrix);
        return id;
    }
}
