package io.layerplan.bench.measure;

import io.layerplan.runtime.program.ProgramCost;
import java.util.List;
import java.util.Optional;

/// A variant of a plan, measured.
///
/// @param launches for a decoded token, counted as they were dispatched
/// @param cost     what its text says
/// @param phases   in the order of [Settings#phases]
/// @param opTimes  of the prefill, and of decoding after the first of the contexts; none where an executor does not
/// time
///                 its launches
public record VariantResult(
        Variant variant, int launches, ProgramCost cost, List<PhaseResult> phases, List<OpTimes> opTimes) {
    public VariantResult {
        phases = List.copyOf(phases);
        opTimes = List.copyOf(opTimes);
    }

    public PhaseResult phase(Phase phase) {
        return phases.stream()
                .filter(result -> result.phase().equals(phase))
                .findFirst()
                .orElseThrow();
    }

    public Optional<OpTimes> opTimes(Phase phase) {
        return opTimes.stream().filter(times -> times.phase().equals(phase)).findFirst();
    }
}
