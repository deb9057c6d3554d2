package io.layerplan.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.layerplan.compiler.PlanCompiler;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.model.ModelReader;
import io.layerplan.compiler.pipeline.CompilationOptions;
import io.layerplan.runtime.gguf.GgufFile;
import io.layerplan.runtime.program.Launch;
import io.layerplan.runtime.program.Program;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OpKindsTest {
    private static final Path MODEL =
            Path.of(System.getProperty("layerplan.root", "..")).resolve("examples/models/kjv-7m-q8_0.gguf");

    private static Set<OpKind> kinds(CompilationOptions options) {
        try (GgufFile file = GgufFile.open(MODEL)) {
            SourceText plan = new SourceText("plan", "run 0..3; par { attn 4; ffn 5 } sum; par 6,7 lp; run rest");
            Program program = PlanCompiler.compile(plan, ModelReader.read(file), options);
            Set<OpKind> kinds = EnumSet.noneOf(OpKind.class);
            for (Launch launch : program.launches()) {
                Map<OpKind, Double> shares = new OpKinds(program).shares(launch);
                assertThat(shares.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum())
                        .isCloseTo(1, within(1e-9));
                kinds.addAll(shares.keySet());
            }
            return kinds;
        }
    }

    @Test
    void anUnfusedProgramHasAllKinds() {
        assertThat(kinds(CompilationOptions.UNFUSED)).containsExactly(OpKind.values());
    }

    @Test
    void aFusedOneDoesNormsRopeAndSumsInItsProducts() {
        assertThat(kinds(CompilationOptions.FUSED))
                .contains(OpKind.QUERIES_KEYS_VALUES, OpKind.GATE_UP, OpKind.DOWN, OpKind.HEAD)
                .doesNotContain(OpKind.NORM, OpKind.ROPE, OpKind.ELEMENTWISE);
    }

    @Test
    void refusesAMatrixThatNoModelHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpKind.ofMatrix("blk.3.ssm_in.weight"))
                .withMessageContaining("ssm_in");
    }
}
