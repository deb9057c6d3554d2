package io.layerplan.runtime.program.text;

import io.layerplan.runtime.program.Activation;
import io.layerplan.runtime.program.HeadEpilogue;
import io.layerplan.runtime.program.HeadEpilogue.HeadNorm;
import io.layerplan.runtime.program.Heads;
import io.layerplan.runtime.program.Input;
import io.layerplan.runtime.program.Input.InputNorm;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// Reads what [KernelPrinter] prints.
final class KernelReader {
    private final ProgramTokens tokens;
    private final Supplier<View> views;

    /// @param views reads a view
    KernelReader(ProgramTokens tokens, Supplier<View> views) {
        this.tokens = tokens;
        this.views = views;
    }

    Kernel kernel() {
        if (!tokens.atId("kv")) {
            return computed(views.get());
        }
        int slot = tokens.id("kv", "a KV slot");
        if (tokens.accept(".")) {
            boolean keys = tokens.atWord("keys");
            tokens.keyword(keys ? "keys" : "values");
            tokens.symbol("=");
            return matmul(keys ? new Target.Keys(slot) : new Target.Values(slot));
        }
        tokens.symbol("=");
        tokens.keyword("kv_write");
        tokens.symbol("(");
        View keys = views.get();
        View values = nextView();
        tokens.symbol(")");
        return new Kernel.KvWrite(keys, values, slot);
    }

    private Kernel computed(View y) {
        tokens.symbol("=");
        if (tokens.atWord("matmul")) {
            return matmul(new Target.Activations(y));
        }
        int line = tokens.line();
        String name = tokens.word("a kernel");
        tokens.symbol("(");
        Kernel kernel = switch (name) {
            case "embed" -> new Kernel.Embed(weight(), nextReal32("scale"), y);
            case "norm" -> norm(y);
            case "gated_matmul" -> gated(y);
            case "add_bias" -> new Kernel.Bias(views.get(), nextWeight(), y);
            case "rotate" -> rotate(y);
            case "attention" -> attention(y);
            case "activate" -> activate(y);
            case "multiply" -> new Kernel.Multiply(views.get(), nextView(), y);
            case "sum" -> new Kernel.Sum(terms(), y);
            case "select_outputs" -> new Kernel.SelectOutputs(views.get(), y);
            default -> throw tokens.refuse(line, "there is no kernel `%s`".formatted(name));
        };
        tokens.symbol(")");
        return kernel;
    }

    private Kernel norm(View y) {
        View x = views.get();
        int gain = nextWeight();
        tokens.symbol(",");
        float epsilon = tokens.real32("epsilon");
        int groups = 1;
        if (tokens.accept(",")) {
            tokens.keyword("groups");
            groups = tokens.integer("the number of groups");
        }
        return new Kernel.Norm(x, gain, epsilon, groups, y);
    }

    private Kernel matmul(Target y) {
        Product product = product();
        return new Kernel.MatMul(product.x(), product.matrix(), product.bias(), heads(), y);
    }

    private Kernel gated(View y) {
        Activation activation = activation();
        tokens.symbol(",");
        return new Kernel.GatedMatMul(input(), nextWeight(), nextWeight(), activation, y);
    }

    private Kernel activate(View y) {
        Activation activation = activation();
        return new Kernel.Activate(nextView(), activation, y);
    }

    private Kernel rotate(View y) {
        View x = views.get();
        int headSize = nextInteger("heads");
        tokens.symbol(",");
        return new Kernel.Rotate(x, rope(), headSize, y);
    }

    private Kernel attention(View y) {
        View queries = views.get();
        tokens.symbol(",");
        int slot = tokens.id("kv", "a KV slot");
        int line = tokens.line();
        int heads = nextInteger("heads");
        int keyValues = nextInteger("kv_heads");
        int size = nextInteger("size");
        double scale = nextReal64("scale");
        if (heads < 1 || keyValues < 1 || size < 1 || heads % keyValues != 0) {
            throw tokens.refuse(line, "%d heads over %d of size %d".formatted(heads, keyValues, size));
        }
        return new Kernel.Attention(queries, slot, new Heads(heads, keyValues, size, scale), y);
    }

    private List<Term> terms() {
        List<Term> terms = new ArrayList<>();
        do {
            terms.add(term());
        } while (tokens.accept(","));
        return terms;
    }

    private Term term() {
        float weight = 1;
        if (tokens.atNumber()) {
            weight = tokens.real32("a term's weight");
            tokens.symbol("*");
        }
        if (tokens.atWord("norm")) {
            Input normed = input();
            InputNorm norm = normed.norm().orElseThrow();
            return new Term.Normed(normed.x(), norm.gain(), norm.epsilon(), weight);
        }
        if (tokens.atWord("matmul")) {
            Product product = product();
            return new Term.Product(product.x(), product.matrix(), product.bias(), weight);
        }
        return new Term.Plain(views.get(), weight);
    }

    private record Product(Input x, int matrix, OptionalInt bias) {}

    private Product product() {
        tokens.keyword("matmul");
        tokens.symbol("(");
        Input x = input();
        int matrix = nextWeight();
        tokens.symbol(")");
        return new Product(x, matrix, tokens.accept("+") ? OptionalInt.of(weight()) : OptionalInt.empty());
    }

    private Input input() {
        if (!tokens.atWord("norm")) {
            return Input.plain(views.get());
        }
        tokens.keyword("norm");
        tokens.symbol("(");
        View x = views.get();
        int gain = nextWeight();
        tokens.symbol(",");
        float epsilon = tokens.real32("epsilon");
        tokens.symbol(")");
        return new Input(x, Optional.of(new InputNorm(gain, epsilon)));
    }

    private Optional<HeadEpilogue> heads() {
        if (!tokens.accept("|")) {
            return Optional.empty();
        }
        tokens.keyword("heads");
        int headSize = tokens.integer("`heads`");
        Optional<HeadNorm> norm = Optional.empty();
        Optional<Rope> rope = Optional.empty();
        boolean more = tokens.accept("|");
        if (more && tokens.atWord("norm")) {
            norm = Optional.of(headNorm());
            more = tokens.accept("|");
        }
        if (more) {
            tokens.keyword("rotate");
            tokens.symbol("(");
            rope = Optional.of(rope());
            tokens.symbol(")");
        }
        return Optional.of(new HeadEpilogue(headSize, norm, rope));
    }

    private HeadNorm headNorm() {
        tokens.keyword("norm");
        tokens.symbol("(");
        int gain = weight();
        tokens.symbol(",");
        float epsilon = tokens.real32("epsilon");
        tokens.symbol(")");
        return new HeadNorm(gain, epsilon);
    }

    private Rope rope() {
        int line = tokens.line();
        Rope.Pairing pairing = ProgramReader.constant(tokens, Rope.Pairing.values(), "a pairing");
        int dimensions = tokens.integer("the number of dimensions");
        double base = nextReal64("base");
        double scale = nextReal64("scale");
        int factors = -1;
        if (tokens.accept(",")) {
            tokens.keyword("factors");
            factors = weight();
        }
        if (dimensions < 2 || dimensions % 2 != 0 || base <= 0 || scale <= 0) {
            throw tokens.refuse(
                    line, "a rotation of %d dimensions, base %s, scale %s".formatted(dimensions, base, scale));
        }
        return new Rope(pairing, dimensions, base, scale, factors);
    }

    private Activation activation() {
        return ProgramReader.constant(tokens, Activation.values(), "an activation");
    }

    private int weight() {
        return tokens.id("w", "a weight");
    }

    private int nextWeight() {
        tokens.symbol(",");
        return weight();
    }

    private View nextView() {
        tokens.symbol(",");
        return views.get();
    }

    /// `, label 12`
    private int nextInteger(String label) {
        label(label);
        return tokens.integer("`" + label + "`");
    }

    /// `, label 1.0`
    private float nextReal32(String label) {
        label(label);
        return tokens.real32("`" + label + "`");
    }

    /// `, label 1.0`
    private double nextReal64(String label) {
        label(label);
        return tokens.real64("`" + label + "`");
    }

    private void label(String label) {
        tokens.symbol(",");
        tokens.keyword(label);
    }
}
