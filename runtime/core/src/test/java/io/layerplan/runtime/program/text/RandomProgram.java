package io.layerplan.runtime.program.text;

import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Buffer.Rows;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/// Valid programs with every form of every kernel, views into parts of buffers, odd names and odd numbers. What they
/// compute means nothing.
final class RandomProgram {
    private static final int VOCABULARY = 48;
    private static final int HEAD = 4;
    private static final String ODD = "a\"\\\n\t\u0000 é漢\uD83D\uDE00\uD800\u200B{}=..\u2028blk.0.";

    private final Random random;
    private final List<WeightReference> weights = new ArrayList<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<KvSlot> slots = new ArrayList<>();
    private final List<Integer> readableSlots = new ArrayList<>();
    private final List<Launch> launches = new ArrayList<>();
    /// Views that an earlier launch has written, with rows for tokens.
    private final List<View> readable = new ArrayList<>();

    private RandomProgram(Random random) {
        this.random = random;
    }

    static Program of(long seed) {
        return new RandomProgram(new Random(seed)).make();
    }

    private Program make() {
        View embedded = fresh(width());
        launches.add(new Launch(
                List.of(new Kernel.Embed(weight(VOCABULARY, embedded.width(), ElementType.F32), real(), embedded))));
        readable.add(embedded);
        int count = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            launch();
        }
        View x = any();
        View selected = fresh(Rows.OUTPUTS, x.width());
        View logits = fresh(Rows.OUTPUTS, VOCABULARY);
        launches.add(new Launch(List.of(new Kernel.SelectOutputs(x, selected))));
        launches.add(new Launch(List.of(new Kernel.MatMul(
                Input.plain(selected),
                matrix(VOCABULARY, selected.width()),
                OptionalInt.empty(),
                Optional.empty(),
                new Target.Activations(logits)))));
        NumericMode mode = random.nextBoolean() ? NumericMode.F32 : NumericMode.Q8;
        return new Program(
                name(), mode, VOCABULARY, 1 + random.nextInt(9999), weights, buffers, slots, launches, logits);
    }

    private void launch() {
        List<Kernel> jobs = new ArrayList<>();
        List<View> results = new ArrayList<>();
        List<Integer> filled = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(5) == 0) {
                filled.add(cache(jobs));
            } else if (!readableSlots.isEmpty() && random.nextInt(4) == 0) {
                Kernel.Attention attention = attention();
                jobs.add(attention);
                results.add(attention.y());
            } else {
                View x = any();
                View y = fresh(random.nextInt(3) == 0 ? x.width() : width());
                jobs.add(kernel(x, y));
                results.add(y);
            }
        }
        launches.add(new Launch(jobs));
        readable.addAll(results);
        readableSlots.addAll(filled);
    }

    /// Jobs that fill a new slot, either way.
    private int cache(List<Kernel> jobs) {
        View x = any();
        int slot = slots.size();
        slots.add(new KvSlot(slot, random.nextInt(80), x.width(), random.nextInt(3) * 512));
        if (random.nextBoolean()) {
            jobs.add(new Kernel.KvWrite(x, any(x.width()), slot));
        } else {
            jobs.add(matMul(input(x), x.width(), new Target.Keys(slot)));
            jobs.add(matMul(input(x), x.width(), new Target.Values(slot)));
        }
        return slot;
    }

    private Kernel kernel(View x, View y) {
        if (x.width() != y.width()) {
            return switch (random.nextInt(3)) {
                case 0 -> matMul(input(x), y.width(), new Target.Activations(y));
                case 1 ->
                    new Kernel.GatedMatMul(
                            input(x), matrix(y.width(), x.width()), matrix(y.width(), x.width()), activation(), y);
                default -> sum(y);
            };
        }
        return switch (random.nextInt(6)) {
            case 0 -> {
                int groups = random.nextBoolean() ? HEAD : 1;
                yield new Kernel.Norm(x, vector(x.width() / groups), epsilon(), groups, y);
            }
            case 1 -> new Kernel.Bias(x, vector(x.width()), y);
            case 2 -> new Kernel.Rotate(x, rope(), HEAD, y);
            case 3 -> new Kernel.Activate(x, activation(), y);
            case 4 -> new Kernel.Multiply(x, any(x.width()), y);
            default -> sum(y);
        };
    }

    private Kernel.Attention attention() {
        int slot = readableSlots.get(random.nextInt(readableSlots.size()));
        int keyValues = slots.get(slot).width() / HEAD;
        int heads = keyValues * (1 + random.nextInt(3));
        View queries = any(heads * HEAD);
        Heads shape = new Heads(heads, keyValues, HEAD, random.nextDouble());
        return new Kernel.Attention(queries, slot, shape, fresh(queries.width()));
    }

    private Kernel matMul(Input x, int rows, Target y) {
        Optional<HeadEpilogue> heads = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new HeadEpilogue(
                        HEAD,
                        random.nextBoolean() ? Optional.of(new HeadNorm(vector(HEAD), epsilon())) : Optional.empty(),
                        random.nextBoolean() ? Optional.of(rope()) : Optional.empty()));
        return new Kernel.MatMul(x, matrix(rows, x.x().width()), bias(rows), heads, y);
    }

    private Kernel sum(View y) {
        List<Term> terms = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            float weight = random.nextBoolean() ? 1 : real();
            View same = any(y.width());
            View x = any();
            terms.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new Term.Plain(same, weight);
                        case 1 -> new Term.Normed(same, vector(same.width()), epsilon(), weight);
                        default -> new Term.Product(input(x), matrix(y.width(), x.width()), bias(y.width()), weight);
                    });
        }
        return new Kernel.Sum(terms, y);
    }

    private Input input(View x) {
        return random.nextBoolean()
                ? Input.plain(x)
                : new Input(x, Optional.of(new InputNorm(vector(x.width()), epsilon())));
    }

    private Rope rope() {
        Rope.Pairing pairing = random.nextBoolean() ? Rope.Pairing.ADJACENT : Rope.Pairing.HALVES;
        int dimensions = random.nextBoolean() ? HEAD : HEAD / 2;
        int factors = random.nextBoolean() ? -1 : vector(dimensions / 2);
        return new Rope(pairing, dimensions, 1e4 + random.nextDouble(), Math.nextUp(random.nextDouble()), factors);
    }

    private OptionalInt bias(int rows) {
        return random.nextBoolean() ? OptionalInt.of(vector(rows)) : OptionalInt.empty();
    }

    private Activation activation() {
        return random.nextBoolean() ? Activation.SILU : Activation.GELU_TANH;
    }

    private int vector(int length) {
        return weight(1, length, random.nextBoolean() ? ElementType.F32 : ElementType.BF16);
    }

    private int matrix(int rows, int columns) {
        ElementType[] types = ElementType.values();
        ElementType type = types[random.nextInt(types.length)];
        return weight(rows, columns, columns % type.blockElements() == 0 ? type : ElementType.F16);
    }

    private int weight(int rows, int columns, ElementType type) {
        weights.add(new WeightReference(weights.size(), name(), type, rows, columns));
        return weights.size() - 1;
    }

    private View any() {
        return readable.get(random.nextInt(readable.size()));
    }

    /// A readable view of this width; the columns of an embedding made for it where there is none.
    private View any(int width) {
        List<View> fitting =
                readable.stream().filter(view -> view.width() >= width).toList();
        if (fitting.isEmpty()) {
            View made = fresh(width);
            launches.add(new Launch(List.of(new Kernel.Embed(weight(VOCABULARY, width, ElementType.F32), 1, made))));
            readable.add(made);
            return made;
        }
        View wide = fitting.get(random.nextInt(fitting.size()));
        return new View(wide.buffer(), wide.offset() + random.nextInt(wide.width() - width + 1), width);
    }

    private View fresh(int width) {
        return fresh(Rows.TOKENS, width);
    }

    /// All of a new buffer, or some of its columns.
    private View fresh(Rows rows, int width) {
        int before = random.nextBoolean() ? 0 : random.nextInt(5);
        int after = random.nextBoolean() ? 0 : random.nextInt(5);
        buffers.add(new Buffer(buffers.size(), rows, before + width + after));
        return new View(buffers.size() - 1, before, width);
    }

    private int width() {
        return random.nextInt(8) == 0 ? 256 : HEAD * (1 + random.nextInt(16));
    }

    private float epsilon() {
        return Math.abs(real());
    }

    /// Any finite float, common ones often.
    private float real() {
        float any = Float.intBitsToFloat(random.nextInt());
        return switch (random.nextInt(4)) {
            case 0 ->
                List.of(-0f, 1f, 0.1f, Float.MIN_VALUE, Float.MAX_VALUE, -1f / 3)
                        .get(random.nextInt(6));
            case 1 -> random.nextFloat();
            default -> Float.isFinite(any) ? any : 1e-5f;
        };
    }

    private String name() {
        StringBuilder name = new StringBuilder("n");
        int length = random.nextInt(8);
        for (int i = 0; i < length; i++) {
            name.append(
                    random.nextInt(3) == 0
                            ? ODD.charAt(random.nextInt(ODD.length()))
                            : (char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }
}
