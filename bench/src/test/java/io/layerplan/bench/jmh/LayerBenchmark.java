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
/// One layer as large as those of models of a billion parameters, with one token or with many: seven matrices,
/// attention, and all between them. The head behind it is too small to matter.

@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LayerBenchmark {
    @Param({"Q8_0", "Q4_0", "Q4_K", "F16"})
    public ElementType type = ElementType.F32;

    @Param({"1", "128"})
    public int tokens;

    @Param("128")
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
        benchmarked = BenchmarkedPlan.of(SyntheticModel.ofLayers(1, type), "run 0");
        executor = benchmarked.executor(fuse, numeric, threads, context + tokens);
        executor.forward(BenchmarkedPlan.tokens(context), 0);
    }

    @Benchmark
    public float[] layer() {
        executor.truncate(context);
        return executor.forward(BenchmarkedPlan.tokens(tokens), 1);
    }

    @TearDown(Level.Trial)
    public void close() {
        executor.close();
        benchmarked.close();
    }
}
