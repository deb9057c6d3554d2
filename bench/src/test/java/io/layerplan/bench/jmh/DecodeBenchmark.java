package io.layerplan.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// One decoded token at depths of context, fused and unfused: the same matrix products, packing and threads, so that
/// the difference is fusion alone.
@BenchmarkMode(Mode.SampleTime)
public class DecodeBenchmark extends ExecutorBenchmark {
    @Param("examples/models/kjv-7m-q8_0.gguf")
    public String model = "";

    @Param({
        "run all",
        "run 0..3; par 4..11 avg; loop 12..15 x2; skip 16",
        "run 0..3; par 4..13 avg x3; run rest",
        "run 0..11; par 12,13 lp; par 14,15 lp; run rest"
    })
    public String plan = "";

    /// What the model allows: the bundled one was made for 256 positions.
    @Param({"16", "64", "255"})
    public int context;

    @Setup
    public void open() {
        open(BenchmarkedPlan.open(model, plan), context, 1, 1);
    }

    @Benchmark
    public float[] token() {
        return forward();
    }
}
