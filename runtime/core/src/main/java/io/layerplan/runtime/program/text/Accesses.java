package io.layerplan.runtime.program.text;

import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import java.util.List;
import java.util.Optional;

/// What a kernel reads and writes, weights aside.
///
/// @param replaces what it reads and may write all the same: an attention's queries, which it reads head by head
public record Accesses(List<Region> reads, List<Region> writes, Optional<Region> replaces) {
    private Accesses(List<Region> reads, List<Region> writes) {
        this(reads, writes, Optional.empty());
    }

    public static Accesses of(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Embed(var _, var _, var y) -> new Accesses(List.of(), List.of(Region.of(y)));
            case Kernel.Norm(var x, var _, var _, var _, var y) -> fromTo(Region.of(x), Region.of(y));
            case Kernel.MatMul(var x, var _, var _, var _, var y) -> fromTo(Region.of(x.x()), target(y));
            case Kernel.GatedMatMul(var x, var _, var _, var _, var y) -> fromTo(Region.of(x.x()), Region.of(y));
            case Kernel.Bias(var x, var _, var y) -> fromTo(Region.of(x), Region.of(y));
            case Kernel.Rotate(var x, var _, var _, var y) -> fromTo(Region.of(x), Region.of(y));
            case Kernel.KvWrite(var keys, var values, var slot) ->
                new Accesses(
                        List.of(Region.of(keys), Region.of(values)), List.of(Region.keys(slot), Region.values(slot)));
            case Kernel.Attention(var queries, var slot, var _, var y) ->
                new Accesses(
                        List.of(Region.of(queries), Region.keys(slot), Region.values(slot)),
                        List.of(Region.of(y)),
                        Optional.of(Region.of(queries)).filter(Region.of(y)::equals));
            case Kernel.Activate(var x, var _, var y) -> fromTo(Region.of(x), Region.of(y));
            case Kernel.Multiply(var a, var b, var y) ->
                new Accesses(List.of(Region.of(a), Region.of(b)), List.of(Region.of(y)));
            case Kernel.Sum(var terms, var y) ->
                new Accesses(terms.stream().map(Accesses::term).toList(), List.of(Region.of(y)));
            case Kernel.SelectOutputs(var x, var y) -> fromTo(Region.of(x), Region.of(y));
        };
    }

    private static Accesses fromTo(Region x, Region y) {
        return new Accesses(List.of(x), List.of(y));
    }

    private static Region target(Target target) {
        return switch (target) {
            case Target.Activations(var y) -> Region.of(y);
            case Target.Keys(int slot) -> Region.keys(slot);
            case Target.Values(int slot) -> Region.values(slot);
        };
    }

    private static Region term(Term term) {
        return switch (term) {
            case Term.Plain(var x, var _) -> Region.of(x);
            case Term.Normed(var x, var _, var _, var _) -> Region.of(x);
            case Term.Product(var x, var _, var _, var _) -> Region.of(x.x());
        };
    }
}
