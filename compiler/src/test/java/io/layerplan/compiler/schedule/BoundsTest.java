package io.layerplan.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.layerplan.compiler.diagnostics.Severity;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.syntax.PlanReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Long texts that are made to exhaust time or memory get an error, soon.
final class BoundsTest {
    private static final ModelShape LARGEST = ModelShape.ofLayers(ModelShape.MOST_LAYERS);

    @TestFactory
    List<DynamicTest> hostilePlansEndInAnError() {
        return List.of(
                hostile("every layer again and again", fill("run all\n")),
                hostile("a list of lists", "let a = all\n" + fill("let b = a, a\n")),
                hostile("branches without end", "par {" + fill("run all each x1 scale 1;") + "} avg"),
                hostile("suffixes without end", "run 0 " + fill("x1 ")),
                hostile("loops around loops", "loop {".repeat(150) + "run all" + "} x9223372036854775807".repeat(150)),
                hostile("unknown names", fill("run foo, bar_\n")),
                hostile("unknown names, all of them others", unknownNames()),
                hostile("definitions of the same name", fill("let a = 0\n")),
                hostile("skipped and run", "run all\n" + fill("skip 0\n")),
                hostile("rev of rev", "run " + "rev(".repeat(190) + "all" + ")".repeat(190)),
                hostile("shuffled again", fill("run shuffle(all, seed 1)\n")),
                hostile("a number without end", "run " + "9".repeat(1_000_000)),
                hostile("a fraction without end", "run 0 scale 1." + "9".repeat(1_000_000) + "; run x3"),
                hostile("an open parenthesis a line", fill("run (\n")),
                hostile("plans without end", plans()),
                hostile("wrong at the very end", "run 0\n".repeat(PlanReader.LONGEST_TEXT / 6 - 1) + "!"));
    }

    private static String fill(String line) {
        return line.repeat(PlanReader.LONGEST_TEXT / 8 / line.length());
    }

    private static String unknownNames() {
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("run n").append(i).append("\n");
        }
        return text.toString();
    }

    private static String plans() {
        var text = new StringBuilder("let a = all, foo\n");
        for (int i = 0; i < 10_000; i++) {
            text.append("plan p").append(i).append(" { run a; }\n");
        }
        return text.toString();
    }

    private static DynamicTest hostile(String name, String text) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                    Resolution resolution =
                            PlanResolver.resolve(new SourceText("hostile.plan", text), LARGEST, ResolveOptions.NONE);
                    assertThat(resolution.has(Severity.ERROR)).isTrue();
                    assertThat(resolution.schedule()).isEmpty();
                }));
    }
}
