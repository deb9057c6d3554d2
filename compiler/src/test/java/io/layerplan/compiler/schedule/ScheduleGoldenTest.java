package io.layerplan.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.diagnostics.DiagnosticRenderer;
import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.golden.PlanCase;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What plans mean, as schedules; every golden example of the language is among them.
final class ScheduleGoldenTest {
    @TestFactory
    Stream<DynamicTest> plansResolveToTheirSchedules() {
        return GoldenFiles.tests("schedule", ".plan", 55, golden -> {
            Resolution resolution = PlanCase.resolve(golden);
            String diagnostics = new DiagnosticRenderer(false).render(resolution.diagnostics());
            assertThat(resolution.schedule()).as(diagnostics).isPresent();
            return SchedulePrinter.print(resolution.schedule().orElseThrow())
                    + (diagnostics.isEmpty() ? "" : "---\n" + diagnostics);
        });
    }
}
