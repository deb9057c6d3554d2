package io.layerplan.bench.jmh;

import io.layerplan.compiler.PlanCompiler;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.runtime.program.Program;
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

/// From plan text to fused program, by the number of layers' occurrences: it has to grow linearly.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class PlanCompilationBenchmark {
    @Param("examples/models/kjv-7m-q8_0.gguf")
    public String model = "";

    @Param({"10", "32", "100", "1000", "10000"})
    public int occurrences;

    private BenchmarkedPlan benchmarked;
    private String plan = "";

    @Setup(Level.Trial)
    public void open() {
        plan = "loop { run 0..3; par 4,5 avg; par 6,7 lp; run 8 x2 } x%d; run 9 x%d"
                .formatted(Math.max(1, occurrences / 10), 1 + occurrences % 10);
        benchmarked = BenchmarkedPlan.open(model, plan);
    }

    @Benchmark
    public Program compile() {
        return PlanCompiler.compile(new SourceText("benchmark", plan), benchmarked.model(), CompilationOptions.FUSED);
    }

    @TearDown(Level.Trial)
    public void close() {
        benchmarked.close();
    }
}
