package io.layerplan.bench.jmh;

import io.layerplan.runtime.tensor.ElementType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// A product of each weight format with one token or with many, and the norm before it, in one launch or in two: the
/// output head of a model of which no layer runs.
public class MatMulBenchmark extends ExecutorBenchmark {
    private static final int WIDTH = 2048;
    private static final int ROWS = 16_384;

    @Param({"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K"})
    public ElementType type = ElementType.F32;

    @Param({"1", "128"})
    public int tokens;

    @Setup
    public void open() {
        SyntheticModel model = new SyntheticModel(1, WIDTH, WIDTH, ROWS, type);
        open(BenchmarkedPlan.of(model, "skip 0"), 0, tokens, tokens);
    }

    @Benchmark
    public float[] product() {
        return forward();
    }
}
