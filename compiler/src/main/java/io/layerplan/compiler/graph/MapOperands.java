package io.layerplan.compiler.graph;

import java.util.function.UnaryOperator;

/// The same operation on other operands.
public final class MapOperands {
    private MapOperands() {}

    public static Op apply(Op op, UnaryOperator<Value> f) {
        return switch (op) {
            case Op.Weight weight -> weight;
            case Op.Embed(var tokens, var table, var scale) -> new Op.Embed(f.apply(tokens), f.apply(table), scale);
            case Op.Norm(var x, var gain, var epsilon, var groups) ->
                new Op.Norm(f.apply(x), f.apply(gain), epsilon, groups);
            case Op.MatMul(var x, var w, var bias, var heads) ->
                new Op.MatMul(x.map(f), f.apply(w), bias.map(f), heads.map(f));
            case Op.GatedMatMul(var x, var gate, var up, var activation) ->
                new Op.GatedMatMul(x.map(f), f.apply(gate), f.apply(up), activation);
            case Op.AddBias(var x, var bias) -> new Op.AddBias(f.apply(x), f.apply(bias));
            case Op.Rotate(var x, var positions, var factors, var rope) ->
                new Op.Rotate(f.apply(x), f.apply(positions), factors.map(f), rope);
            case Op.KvWrite(var keys, var values, var slot, var layer, var window) ->
                new Op.KvWrite(f.apply(keys), f.apply(values), slot, layer, window);
            case Op.Attention(var queries, var cache, var heads) ->
                new Op.Attention(f.apply(queries), f.apply(cache), heads);
            case Op.Activate(var x, var activation) -> new Op.Activate(f.apply(x), activation);
            case Op.Multiply(var a, var b) -> new Op.Multiply(f.apply(a), f.apply(b));
            case Op.Sum(var terms) ->
                new Op.Sum(terms.stream().map(term -> term.map(f)).toList());
            case Op.SelectOutputs(var x) -> new Op.SelectOutputs(f.apply(x));
        };
    }
}
