package io.layerplan.bench.jmh;

import io.layerplan.runtime.tensor.ElementType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// One layer as large as those of models of a billion parameters, with one token or with many: seven matrices,
/// attention, and all between them. The head behind it is too small to matter.
public class LayerBenchmark extends ExecutorBenchmark {
    @Param({"Q8_0", "Q4_0", "Q4_K", "F16"})
    public ElementType type = ElementType.F32;

    @Param({"1", "128"})
    public int tokens;

    @Param("128")
    public int context;

    @Setup
    public void open() {
        open(BenchmarkedPlan.of(SyntheticModel.ofLayers(1, type), "run 0"), context, tokens, 1);
    }

    @Benchmark
    public float[] layer() {
        return forward();
    }
}
