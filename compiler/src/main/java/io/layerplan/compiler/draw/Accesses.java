package io.layerplan.compiler.draw;

import io.layerplan.runtime.program.Kernel;
import io.layerplan.runtime.program.Target;
import io.layerplan.runtime.program.Term;
import io.layerplan.runtime.program.View;
import java.util.List;

/// What a kernel reads and writes, weights aside.
record Accesses(List<Region> reads, List<Region> writes) {
    static Accesses of(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Embed embed -> new Accesses(List.of(), List.of(Region.of(embed.y())));
            case Kernel.Norm norm -> fromTo(Region.of(norm.x()), Region.of(norm.y()));
            case Kernel.MatMul matMul -> fromTo(Region.of(matMul.x().x()), target(matMul.y()));
            case Kernel.GatedMatMul gated -> fromTo(Region.of(gated.x().x()), Region.of(gated.y()));
            case Kernel.Bias bias -> fromTo(Region.of(bias.x()), Region.of(bias.y()));
            case Kernel.Rotate rotate -> fromTo(Region.of(rotate.x()), Region.of(rotate.y()));
            case Kernel.KvWrite write ->
                new Accesses(
                        List.of(Region.of(write.keys()), Region.of(write.values())),
                        List.of(Region.keys(write.slot()), Region.values(write.slot())));
            case Kernel.Attention attention ->
                new Accesses(
                        List.of(
                                Region.of(attention.queries()),
                                Region.keys(attention.slot()),
                                Region.values(attention.slot())),
                        List.of(Region.of(attention.y())));
            case Kernel.Activate activate -> fromTo(Region.of(activate.x()), Region.of(activate.y()));
            case Kernel.Multiply multiply ->
                new Accesses(
                        List.of(Region.of(multiply.a()), Region.of(multiply.b())), List.of(Region.of(multiply.y())));
            case Kernel.Sum sum ->
                new Accesses(
                        sum.terms().stream().map(term -> Region.of(view(term))).toList(), List.of(Region.of(sum.y())));
            case Kernel.SelectOutputs select -> fromTo(Region.of(select.x()), Region.of(select.y()));
        };
    }

    /// The activations that a term reads.
    static View view(Term term) {
        return switch (term) {
            case Term.Plain plain -> plain.x();
            case Term.Normed normed -> normed.x();
            case Term.Product product -> product.x().x();
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
}
