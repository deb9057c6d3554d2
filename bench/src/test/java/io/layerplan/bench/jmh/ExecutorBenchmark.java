package io.layerplan.bench.jmh;

import static java.util.Objects.requireNonNull;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.NumericMode;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What benchmarks of programs share: what they run on and how, and that the same tokens follow the same context again
/// and again. Each of them opens what it measures in its own set-up.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public abstract class ExecutorBenchmark {
    /// What `--backend` takes. For `tornado` the suites are started by Maven's `-Djmh.backend=tornado`, which sets
    /// this.
    @Param("cpu")
    public String backend = "";

    @Param("0")
    public int device;

    /// Workers, where the backend has a number of them.
    @Param("2")
    public int threads;

    @Param({"true", "false"})
    public boolean fuse;

    @Param("F32")
    public NumericMode numeric = NumericMode.F32;

    @Param("F32")
    public KeyValueFormat kv = KeyValueFormat.F32;

    private @Nullable BenchmarkedPlan benchmarked;
    private @Nullable Executor executor;
    private int depth;
    private int[] tokens = {};
    private int outputs;

    /// Opens a plan and fills the context.
    ///
    /// @param context positions before the tokens
    /// @param count   tokens
    /// @param wanted  for how many of them logits are wanted
    final void open(BenchmarkedPlan plan, int context, int count, int wanted) {
        benchmarked = plan;
        Executor opened = plan.executor(this, context + count);
        executor = opened;
        depth = context;
        tokens = BenchmarkedPlan.tokens(count);
        outputs = wanted;
        if (context > 0) {
            opened.forward(BenchmarkedPlan.tokens(context), 0);
        }
    }

    /// The tokens, after the context.
    final float[] forward() {
        Executor opened = requireNonNull(executor);
        opened.truncate(depth);
        return opened.forward(tokens, outputs);
    }

    @TearDown(Level.Trial)
    public void close() {
        requireNonNull(executor).close();
        requireNonNull(benchmarked).close();
    }
}
