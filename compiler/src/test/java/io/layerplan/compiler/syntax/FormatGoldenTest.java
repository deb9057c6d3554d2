package io.layerplan.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.golden.GoldenCase;
import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.golden.PlanCase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The canonical layout.
final class FormatGoldenTest {
    @TestFactory
    Stream<DynamicTest> plansAreLaidOut() {
        return GoldenFiles.tests("format", ".plan", 20, golden -> PlanFormatter.format(read(golden)));
    }

    /// Every other golden plan has a layout too, which says the same and stays as it is.
    @TestFactory
    Stream<DynamicTest> theLayoutSaysTheSameAndStays() {
        return Stream.of("format", "schedule", "diagnostics")
                .flatMap(folder -> GoldenFiles.cases(folder, ".plan").stream())
                .filter(golden -> PlanCase.parse(golden).file().isPresent())
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
                    PlanFile file = read(golden);
                    String formatted = PlanFormatter.format(file);
                    PlanFile again = read(formatted);
                    assertThat(AstPrinter.print(again)).isEqualTo(AstPrinter.print(file));
                    assertThat(texts(again)).containsExactlyInAnyOrderElementsOf(texts(file));
                    assertThat(PlanFormatter.format(again)).isEqualTo(formatted);
                }));
    }

    private static PlanFile read(GoldenCase golden) {
        return PlanCase.parse(golden).file().orElseThrow();
    }

    private static PlanFile read(String text) {
        ParseResult result = PlanReader.read(new SourceText("formatted.plan", text));
        assertThat(result.diagnostics()).as(text).isEmpty();
        return result.file().orElseThrow();
    }

    private static List<String> texts(PlanFile file) {
        return file.comments().stream().map(Comment::text).toList();
    }
}
