package io.layerplan.runtime.program.text;

import io.layerplan.runtime.program.Buffer;
import io.layerplan.runtime.program.Buffer.Rows;
import io.layerplan.runtime.program.HeadEpilogue;
import io.layerplan.runtime.program.Input;
import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.KvSlot;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.Rope;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import io.layerplan.runtime.program.WeightReference;
import java.util.List;
import java.util.OptionalInt;

/// Whether the weights, views and slots of a kernel are there and fit together. A result with a row for each token
/// takes operands with a row for each token; one with a row for each output takes both.
final class KernelShapes {
    private final Program program;

    KernelShapes(Program program) {
        this.program = program;
    }

    /// @throws FaultException if they do not
    void check(Kernel kernel) {
        switch (kernel) {
            case Kernel.Embed(int table, float scale, View y) -> {
                tokens(y);
                finite(scale, "the scale");
                equal(weight(table).columns(), y.width(), "the embedding's width and the result's");
                atLeast(program.vocabulary(), weight(table).rows(), "rows of the embedding table");
            }
            case Kernel.Norm(View x, int gain, float epsilon, int groups, View y) -> {
                rowwise(x, y);
                epsilon(epsilon);
                divides(groups, x.width(), "groups of a row");
                vector(gain, x.width() / groups, "a group's gain");
            }
            case Kernel.MatMul(Input x, int matrix, OptionalInt bias, var heads, Target y) -> {
                product(x, matrix, bias);
                heads.ifPresent(epilogue -> heads(epilogue, weight(matrix).rows()));
                target(x.x(), y, weight(matrix).rows());
            }
            case Kernel.GatedMatMul(Input x, int gate, int up, var _, View y) -> {
                product(x, gate, OptionalInt.empty());
                product(x, up, OptionalInt.empty());
                target(x.x(), new Target.Activations(y), weight(gate).rows());
                equal(weight(gate).rows(), weight(up).rows(), "the rows of gate and up");
            }
            case Kernel.Bias(View x, int bias, View y) -> {
                rowwise(x, y);
                vector(bias, x.width(), "the bias");
            }
            case Kernel.Rotate(View x, Rope rope, int headSize, View y) -> {
                rowwise(x, y);
                divides(headSize, x.width(), "elements of a head");
                rope(rope, headSize);
            }
            case Kernel.KvWrite(View keys, View values, int slot) -> {
                tokens(keys);
                tokens(values);
                equal(keys.width(), slot(slot).width(), "the keys' width and the slot's");
                equal(values.width(), slot(slot).width(), "the values' width and the slot's");
            }
            case Kernel.Attention attention -> attention(attention);
            case Kernel.Activate(View x, var _, View y) -> rowwise(x, y);
            case Kernel.Multiply(View a, View b, View y) -> {
                rowwise(a, y);
                rowwise(b, y);
            }
            case Kernel.Sum(List<Term> terms, View y) -> terms.forEach(term -> term(term, y));
            case Kernel.SelectOutputs(View x, View y) -> {
                tokens(x);
                rowwise(x, y);
                if (rows(y) != Rows.OUTPUTS) {
                    throw new FaultException(
                            "`select_outputs` makes rows for outputs, `b%d` has rows for tokens".formatted(y.buffer()));
                }
            }
        }
    }

    /// What a row of the view stands for; the view lies inside its buffer.
    Rows rows(View view) {
        if (view.buffer() >= program.buffers().size()) {
            throw new FaultException("there is no buffer `b%d`".formatted(view.buffer()));
        }
        Buffer buffer = program.buffers().get(view.buffer());
        if (view.width() > buffer.width() - view.offset()) {
            throw new FaultException(
                    "%s reaches past the %d columns of its buffer".formatted(Region.of(view), buffer.width()));
        }
        return buffer.rows();
    }

    private void attention(Kernel.Attention attention) {
        var heads = attention.heads();
        View queries = attention.queries();
        rowwise(queries, attention.y());
        finite(heads.scale(), "the scale");
        equal((long) heads.queries() * heads.size(), queries.width(), "the query heads' width and the queries'");
        long width = slot(attention.slot()).width();
        equal((long) heads.keyValues() * heads.size(), width, "the key/value heads' width and the slot's");
    }

    private void product(Input x, int matrix, OptionalInt bias) {
        rows(x.x());
        x.norm().ifPresent(norm -> {
            epsilon(norm.epsilon());
            vector(norm.gain(), x.x().width(), "the norm's gain");
        });
        equal(weight(matrix).columns(), x.x().width(), "the columns of `w%d` and its input's".formatted(matrix));
        bias.ifPresent(id -> vector(id, weight(matrix).rows(), "the bias"));
    }

    private void heads(HeadEpilogue heads, int width) {
        divides(heads.headSize(), width, "elements of a head");
        heads.norm().ifPresent(norm -> {
            epsilon(norm.epsilon());
            vector(norm.gain(), heads.headSize(), "the heads' gain");
        });
        heads.rope().ifPresent(rope -> rope(rope, heads.headSize()));
    }

    private void rope(Rope rope, int headSize) {
        finite(rope.base(), "the base");
        finite(rope.scale(), "the scale");
        if (rope.dimensions() > headSize) {
            throw new FaultException("rotates %d elements of heads of %d".formatted(rope.dimensions(), headSize));
        }
        if (rope.factors() != -1) {
            vector(rope.factors(), rope.dimensions() / 2, "the rotation's factors");
        }
    }

    private void target(View x, Target target, int width) {
        switch (target) {
            case Target.Activations(View y) -> {
                flows(x, y);
                equal(width, y.width(), "the rows of the matrix and the result's width");
            }
            case Target.Keys(int slot) -> cached(x, slot, width);
            case Target.Values(int slot) -> cached(x, slot, width);
        }
    }

    private void cached(View x, int slot, int width) {
        tokens(x);
        equal(width, slot(slot).width(), "the rows of the matrix and the slot's width");
    }

    private void term(Term term, View y) {
        finite(term.weight(), "a term's weight");
        switch (term) {
            case Term.Plain(View x, var _) -> rowwise(x, y);
            case Term.Normed(View x, int gain, float epsilon, var _) -> {
                rowwise(x, y);
                epsilon(epsilon);
                vector(gain, x.width(), "the norm's gain");
            }
            case Term.Product(Input x, int matrix, OptionalInt bias, var _) -> {
                product(x, matrix, bias);
                target(x.x(), new Target.Activations(y), weight(matrix).rows());
            }
        }
    }

    private void rowwise(View x, View y) {
        flows(x, y);
        equal(x.width(), y.width(), "the widths of operand and result");
    }

    private void flows(View x, View y) {
        if (rows(x) == Rows.OUTPUTS && rows(y) == Rows.TOKENS) {
            throw new FaultException(
                    "`b%d` has rows for tokens, its operand `b%d` only for outputs".formatted(y.buffer(), x.buffer()));
        }
    }

    private void tokens(View view) {
        if (rows(view) != Rows.TOKENS) {
            throw new FaultException("`b%d` has rows for outputs, expected rows for tokens".formatted(view.buffer()));
        }
    }

    private void vector(int id, int length, String what) {
        WeightReference weight = weight(id);
        if (weight.rows() != 1 || weight.columns() != length) {
            throw new FaultException("%s, `w%d`, is %d x %d, expected 1 x %d"
                    .formatted(what, id, weight.rows(), weight.columns(), length));
        }
    }

    private WeightReference weight(int id) {
        if (id < 0 || id >= program.weights().size()) {
            throw new FaultException("there is no weight `w%d`".formatted(id));
        }
        return program.weights().get(id);
    }

    private KvSlot slot(int id) {
        if (id < 0 || id >= program.slots().size()) {
            throw new FaultException("there is no slot `kv%d`".formatted(id));
        }
        return program.slots().get(id);
    }

    private static void equal(long a, long b, String what) {
        if (a != b) {
            throw new FaultException("%s differ: %d and %d".formatted(what, a, b));
        }
    }

    private static void atLeast(int least, int value, String what) {
        if (value < least) {
            throw new FaultException("%d %s, expected %d or more".formatted(value, what, least));
        }
    }

    private static void divides(int part, int whole, String what) {
        if (part < 1 || whole % part != 0) {
            throw new FaultException("%d %s, no divisor of the width %d".formatted(part, what, whole));
        }
    }

    private static void epsilon(float epsilon) {
        if (!(epsilon >= 0) || Float.isInfinite(epsilon)) {
            throw new FaultException("epsilon is %s".formatted(epsilon));
        }
    }

    private static void finite(double value, String what) {
        if (!Double.isFinite(value)) {
            throw new FaultException("%s is %s".formatted(what, value));
        }
    }
}
