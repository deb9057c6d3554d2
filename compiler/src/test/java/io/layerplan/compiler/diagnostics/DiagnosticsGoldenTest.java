package io.layerplan.compiler.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.golden.PlanCase;
import io.layerplan.compiler.schedule.Resolution;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every message that a plan can cause, as people see it.
final class DiagnosticsGoldenTest {
    @TestFactory
    Stream<DynamicTest> plansGetTheirMessages() {
        return GoldenFiles.tests("diagnostics", ".plan", 160, golden -> {
            Resolution resolution = PlanCase.resolve(golden);
            assertThat(resolution.schedule().isPresent()).isNotEqualTo(resolution.has(Severity.ERROR));
            assertThat(resolution.diagnostics()).isNotEmpty();
            return new DiagnosticRenderer(false).render(resolution.diagnostics());
        });
    }
}
