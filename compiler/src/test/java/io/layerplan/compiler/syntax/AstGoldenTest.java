package io.layerplan.compiler.syntax;

import io.layerplan.compiler.golden.GoldenFiles;
import io.layerplan.compiler.golden.PlanCase;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What plans look like as trees.
final class AstGoldenTest {
    @TestFactory
    Stream<DynamicTest> plansAreReadAsTrees() {
        return GoldenFiles.tests(
                "ast",
                ".plan",
                8,
                golden -> AstPrinter.print(PlanCase.parse(golden).file().orElseThrow()));
    }
}
