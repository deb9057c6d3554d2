package io.layerplan.bench.measure;

import java.util.List;
import java.util.Optional;

/// A benchmark's results.
///
/// @param kernels which ran, and on what: `vector (512 bits), 2 threads`
/// @param memory  how fast the memory is read that the weights lie in; empty where the backend cannot tell
public record BenchResult(
        Machine machine,
        Target target,
        Settings settings,
        String kernels,
        WarmUp warmUp,
        Optional<ReadBandwidth> memory,
        List<PlanResult> plans) {
    public BenchResult {
        plans = List.copyOf(plans);
    }
}
