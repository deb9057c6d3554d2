package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.compiler.PlanCompiler;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.model.Model;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.BackendOptions.Progress;
import io.layerplan.runtime.compiled.CompiledPlan;
import io.layerplan.runtime.compiled.CompiledPlanOptions;
import io.layerplan.runtime.compiled.CompiledPlanWriter;
import io.layerplan.runtime.compiled.PlanOrigin;
import io.layerplan.runtime.generate.GenerationOptions;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans that are compiled for devices, with their weights in the layout that devices take.
class DeviceCompiledPlanTest {
    private static final Path MODEL =
            Path.of(System.getProperty("layerplan.root"), "examples", "models", "kjv-7m-q8_0.gguf");
    private static final String PLAN = "run 0..3; par 4..11 avg; loop 12..15 x2; skip 16";

    @TempDir
    Path folder;

    @Test
    @Tag("device")
    void runsFromItsOwnWeightsAsTheProcessorDoes() {
        Devices.require();
        Path packed = write(true);
        Path bare = write(false);
        GenerationOptions options = GenerationOptions.greedy(12);
        CompiledPlanOptions plan = CompiledPlanOptions.DEFAULTS.withContext(64);
        try (CompiledPlan device = CompiledPlan.open(packed, plan, new TornadoBackend(), BackendOptions.ofContext(64));
                CompiledPlan cpu = CompiledPlan.open(bare, plan)) {
            assertThat(device.modelFile()).isEmpty();
            assertThat(device.generate("And God said", options).text())
                    .isEqualTo(cpu.generate("And God said", options).text());
        }
    }

    @Test
    void doesNotRunOnTheProcessorFromThem() {
        Path packed = write(true);
        assertThatThrownBy(() -> CompiledPlan.open(packed))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("carries its weights as the target `tornado` takes them");
    }

    private Path write(boolean pack) {
        Path file = folder.resolve(pack ? "packed.lpx" : "bare.lpx");
        try (GgufFile weights = GgufFile.open(MODEL)) {
            Model model = ModelReader.read(weights);
            Program program = PlanCompiler.compile(
                    new SourceText("plan", PLAN), model, CompilationOptions.FUSED.in(NumericMode.F32));
            PlanOrigin origin = new PlanOrigin("plan", PLAN, Map.of());
            CompiledPlanWriter.write(file, program, origin, weights, new TornadoBackend(), pack, Progress.NONE);
        }
        return file;
    }
}
