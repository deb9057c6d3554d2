package io.layerplan.bench.jmh;

import io.layerplan.compiler.PlanCompiler;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.compiled.CompiledPlanOptions;
import io.layerplan.runtime.compiled.CompiledPlanWriter;
import io.layerplan.runtime.compiled.PlanOrigin;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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

/// Opening a compiled plan, with its weights in the file or in the model's: every byte is checked, the program read,
/// the tokenizer made, the workers started or the kernels compiled. Its files are in the page cache.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Xmx3g"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class OpeningBenchmark {
    private static final int CONTEXT = 64;

    @Param("cpu")
    public String backend = "";

    @Param("examples/models/kjv-7m-q8_0.gguf")
    public String model = "";

    @Param("run all")
    public String plan = "";

    @Param({"true", "false"})
    public boolean packed;

    private Path file = Path.of("");

    @Setup(Level.Trial)
    public void compile() throws IOException {
        file = Files.createTempFile("opening", ".lpx");
        Path root = Path.of(System.getProperty("layerplan.root", "."));
        try (GgufFile weights = GgufFile.open(root.resolve(model))) {
            Program program = PlanCompiler.compile(
                    new SourceText("benchmark", plan), ModelReader.read(weights), CompilationOptions.FUSED);
            PlanOrigin origin = new PlanOrigin("benchmark", plan, Map.of());
            CompiledPlanWriter.write(
                    file, program, origin, weights, BenchmarkedPlan.backend(backend), packed, Progress.NONE);
        }
    }

    @Benchmark
    public int open() {
        CompiledPlanOptions options = CompiledPlanOptions.DEFAULTS.withContext(CONTEXT);
        BackendOptions on = BackendOptions.ofContext(CONTEXT);
        try (CompiledPlan opened = CompiledPlan.open(file, options, BenchmarkedPlan.backend(backend), on)) {
            return opened.program().launches().size();
        }
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.delete(file);
    }
}
