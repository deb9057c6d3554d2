package io.layerplan.compiler.graph;

import io.layerplan.compiler.graph.ValueType.Activations;
import io.layerplan.compiler.graph.ValueType.Cache;
import io.layerplan.compiler.graph.ValueType.Weights;
import io.layerplan.runtime.program.Buffer.Rows;
import java.util.Locale;
import java.util.Optional;

/// What each operation makes of its operands' types. Operands that do not fit are a compiler's bug, or a mistake in a
/// hand-written graph: [IllegalArgumentException] with the operation's name.
public final class ResultTypes {
    private ResultTypes() {}

    public static ValueType of(Op op) {
        return switch (op) {
            case Op.Weight(var _, var type) -> type;
            case Op.Embed(var tokens, var table, var _) -> {
                require(op, tokens.type() instanceof ValueType.Indices, "embeds token ids, not %s", tokens.type());
                yield new Activations(Rows.TOKENS, weights(op, table).columns());
            }
            case Op.Norm(var x, var gain, var _, var groups) -> {
                Activations in = activations(op, x);
                groups(op, in, groups, gain);
                yield in;
            }
            case Op.MatMul(var x, var w, var bias, var heads) -> {
                Activations result = product(op, x, w);
                bias.ifPresent(vector -> vector(op, vector, result.width()));
                heads.norm().ifPresent(n -> groups(op, result, n.groups(), n.gain()));
                heads.rotation().ifPresent(r -> rotation(op, result, r.positions(), r.factors(), r.rope()));
                yield result;
            }
            case Op.GatedMatMul(var x, var gate, var up, var _) -> {
                Activations result = product(op, x, gate);
                require(op, product(op, x, up).equals(result), "gate is %s, up %s", gate.type(), up.type());
                yield result;
            }
            case Op.AddBias(var x, var bias) -> {
                vector(op, bias, activations(op, x).width());
                yield x.type();
            }
            case Op.Rotate(var x, var positions, var factors, var rope) -> {
                rotation(op, activations(op, x), positions, factors, rope);
                yield x.type();
            }
            case Op.KvWrite(var keys, var values, var _, var _, var window) -> {
                require(op, keys.type().equals(values.type()), "keys %s, values %s", keys.type(), values.type());
                yield new Cache(activations(op, keys).width(), window);
            }
            case Op.Attention(var queries, var cache, var heads) -> {
                Activations in = activations(op, queries);
                require(op, in.width() == heads.queries() * heads.size(), "queries are %s, heads %s", in, heads);
                require(
                        op,
                        cache.type() instanceof Cache(var width, var _) && width == heads.keyValues() * heads.size(),
                        "keys and values are %s, heads %s",
                        cache.type(),
                        heads);
                yield in;
            }
            case Op.Activate(var x, var _) -> activations(op, x);
            case Op.Multiply(var a, var b) -> {
                require(op, a.type().equals(b.type()), "factors are %s and %s", a.type(), b.type());
                yield activations(op, a);
            }
            case Op.Sum(var terms) -> {
                Activations first = term(op, terms.getFirst());
                for (Term term : terms) {
                    require(op, term(op, term).equals(first), "terms are %s and %s", first, term(op, term));
                }
                yield first;
            }
            case Op.SelectOutputs(var x) ->
                new Activations(Rows.OUTPUTS, activations(op, x).width());
        };
    }

    private static void groups(Op op, Activations in, int groups, Value gain) {
        require(op, groups > 0 && in.width() % groups == 0, "%s in %d groups", in, groups);
        vector(op, gain, in.width() / groups);
    }

    private static Activations product(Op op, Input input, Value w) {
        Activations x = activations(op, input.x());
        Weights weights = weights(op, w);
        require(op, weights.columns() == x.width(), "%s times %s", weights, x);
        input.norm().ifPresent(norm -> vector(op, norm.gain(), x.width()));
        return new Activations(input.outputs() ? Rows.OUTPUTS : x.rows(), weights.rows());
    }

    private static Activations term(Op op, Term term) {
        return switch (term) {
            case Term.Plain(var x, var _) -> activations(op, x);
            case Term.Normed(var x, var gain, var _, var _) -> {
                vector(op, gain, activations(op, x).width());
                yield activations(op, x);
            }
            case Term.Product(var x, var w, var bias, var _) -> {
                Activations result = product(op, x, w);
                bias.ifPresent(vector -> vector(op, vector, result.width()));
                yield result;
            }
        };
    }

    private static void rotation(Op op, Activations in, Value positions, Optional<Value> factors, RopeAttributes rope) {
        require(op, positions.type() instanceof ValueType.Indices, "positions are %s", positions.type());
        require(op, in.width() % rope.headSize() == 0, "%s in heads of %d", in, rope.headSize());
        factors.ifPresent(divisors -> vector(op, divisors, rope.dimensions() / 2));
    }

    private static Activations activations(Op op, Value value) {
        require(op, value.type() instanceof Activations, "%s is %s, not activations", value, value.type());
        return (Activations) value.type();
    }

    private static Weights weights(Op op, Value value) {
        require(op, value.type() instanceof Weights, "%s is %s, not a weight", value, value.type());
        return (Weights) value.type();
    }

    private static void vector(Op op, Value value, int length) {
        Weights type = weights(op, value);
        require(op, type.rows() == 1 && type.columns() == length, "%s is no vector of %d", type, length);
    }

    private static void require(Op op, boolean condition, String message, Object... arguments) {
        if (!condition) {
            throw new IllegalArgumentException(OpNames.of(op) + ": " + String.format(Locale.ROOT, message, arguments));
        }
    }
}
