package io.layerplan.bench.measure;

import io.layerplan.runtime.program.NumericMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A plan, measured.
///
/// @param baseline whether it is there for the others to be compared with
/// @param reading  how fast as many bytes are read as the plan has weights, from caches if they hold them; empty where
///                 the backend cannot tell
/// @param fusion   fused over unfused, in tokens per second; empty where only one was measured
/// @param against  this plan over the baseline in the same variant, fused where that was measured; empty without one
public record PlanResult(
        String name,
        String text,
        boolean baseline,
        NumericMode mode,
        Optional<ReadBandwidth> reading,
        List<VariantResult> variants,
        Map<Phase, Spread> fusion,
        Map<Phase, Spread> against) {
    public PlanResult {
        variants = List.copyOf(variants);
    }

    public Optional<VariantResult> variant(Variant variant) {
        return variants.stream().filter(each -> each.variant() == variant).findFirst();
    }

    /// What the plan is judged by: fused where that was measured.
    public VariantResult first() {
        return variants.getFirst();
    }
}
