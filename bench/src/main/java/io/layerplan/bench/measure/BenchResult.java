package io.layerplan.bench.measure;

import java.util.List;

/// A benchmark's results.
///
/// @param kernels which ran: `vector (512 bits)`
/// @param memory  how fast main memory is read
public record BenchResult(
        Machine machine,
        Settings settings,
        String kernels,
        WarmUp warmUp,
        ReadBandwidth memory,
        List<PlanResult> plans) {
    public BenchResult {
        plans = List.copyOf(plans);
    }
}
