package io.layerplan.bench.jmh;

import io.layerplan.runtime.tensor.ElementType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Eight layers side by side: merged, their branches share the launches of one layer; unfused, each has its own. One
/// after another is what they are compared with.
public class ParallelBenchmark extends ExecutorBenchmark {
    @Param({"par 0..7 avg", "par 0..7 lp", "run 0..7"})
    public String plan = "";

    @Param({"64", "128"})
    public int context;

    @Setup
    public void open() {
        SyntheticModel model = new SyntheticModel(8, 256, 768, 256, ElementType.Q8_0);
        open(BenchmarkedPlan.of(model, plan), context, 1, 1);
    }

    @Benchmark
    public float[] token() {
        return forward();
    }
}
