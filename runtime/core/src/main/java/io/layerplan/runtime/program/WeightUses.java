package io.layerplan.runtime.program;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a program does with its weights, by their numbers. Those that are neither are vectors: gains, biases, factors.
///
/// @param products those that products take
/// @param tables   those of which rows are looked up
public record WeightUses(Set<Integer> products, Set<Integer> tables) {
    public static WeightUses of(Program program) {
        Set<Integer> products = new LinkedHashSet<>();
        Set<Integer> tables = new LinkedHashSet<>();
        for (Launch launch : program.launches()) {
            for (Kernel kernel : launch.jobs()) {
                switch (kernel) {
                    case Kernel.Embed embed -> tables.add(embed.table());
                    case Kernel.MatMul matMul -> products.add(matMul.matrix());
                    case Kernel.GatedMatMul gated -> products.addAll(List.of(gated.gate(), gated.up()));
                    case Kernel.Sum sum ->
                        sum.terms().stream()
                                .filter(Term.Product.class::isInstance)
                                .forEach(term -> products.add(((Term.Product) term).matrix()));
                    case Kernel.Norm _,
                            Kernel.Bias _,
                            Kernel.Rotate _,
                            Kernel.KvWrite _,
                            Kernel.Attention _,
                            Kernel.Activate _,
                            Kernel.Multiply _,
                            Kernel.SelectOutputs _ -> {}
                }
            }
        }
        return new WeightUses(products, tables);
    }
}
