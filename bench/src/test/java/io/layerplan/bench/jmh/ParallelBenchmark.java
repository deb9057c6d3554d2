package io.layerplan.bench.jmh;

import io.layerplan.runtime.cpu.CpuExecutor;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.tensor.ElementType;
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
/// Eight layers side by side: merged, their branches share the launches of one layer; unfused, each has its own. One
/// after another is what they are compared with.

@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ParallelBenchmark {
    @Param({"par 0..7 avg", "par 0..7 lp", "run 0..7"})
    public String plan = "";

    @Param({"64", "128"})
    public int context;

    @Param({"true", "false"})
    public boolean fuse;

    @Param("F32")
    public NumericMode numeric = NumericMode.F32;

    @Param("2")
    public int threads;

    private BenchmarkedPlan benchmarked;
    private CpuExecutor executor;

    @Setup(Level.Trial)
    public void open() {
        SyntheticModel model = new SyntheticModel(8, 256, 768, 256, ElementType.Q8_0);
        benchmarked = BenchmarkedPlan.of(model, plan);
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
