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
/// A product of each weight format with one token or with many, and the norm before it, in one launch or in two: the
/// output head of a model of which no layer runs.

@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MatMulBenchmark {
    private static final int WIDTH = 2048;
    private static final int ROWS = 16_384;

    @Param({"F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K"})
    public ElementType type = ElementType.F32;

    @Param({"1", "128"})
    public int tokens;

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
        SyntheticModel model = new SyntheticModel(1, WIDTH, WIDTH, ROWS, type);
        benchmarked = BenchmarkedPlan.of(model, "skip 0");
        executor = benchmarked.executor(fuse, numeric, threads, tokens);
    }

    @Benchmark
    public float[] product() {
        executor.truncate(0);
        return executor.forward(BenchmarkedPlan.tokens(tokens), tokens);
    }

    @TearDown(Level.Trial)
    public void close() {
        executor.close();
        benchmarked.close();
    }
}
