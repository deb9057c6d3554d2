package io.layerplan.bench.jmh;

import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.program.NumericMode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
/// One decoded token at depths of context, fused and unfused: the same matrix products, packing and threads, so that
/// the difference is fusion alone.

@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DecodeBenchmark {
    @Param("examples/models/kjv-7m-q8_0.gguf")
    public String model = "";

    @Param({
        "run all",
        "run 0..3; par 4..11 avg; loop 12..15 x2; skip 16",
        "run 0..3; par 4..13 avg x3; run rest",
        "run 0..11; par 12,13 lp; par 14,15 lp; run rest"
    })
    public String plan = "";

    @Param({"true", "false"})
    public boolean fuse;

    @Param("F32")
    public NumericMode numeric = NumericMode.F32;

    @Param("2")
    public int threads;

    /// What the model allows: the bundled one was made for 256 positions.
    @Param({"16", "64", "255"})
    public int context;

    private BenchmarkedPlan benchmarked;
    private CpuExecutor executor;

    @Setup(Level.Trial)
    public void open() {
        benchmarked = BenchmarkedPlan.open(model, plan);
        executor = benchmarked.executor(fuse, numeric, threads, context + 1);
        executor.forward(BenchmarkedPlan.tokens(context), 0);
    }

    @Benchmark
    public float[] token() {
        executor.truncate(context);
        return executor.forward(BenchmarkedPlan.tokens(1), 1);
    }

    @TearDown(Level.Trial)
    public void close() {
        executor.close();
        benchmarked.close();
    }
}
