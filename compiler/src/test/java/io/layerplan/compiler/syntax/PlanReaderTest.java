package io.layerplan.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.layerplan.compiler.diagnostics.Diagnostic;
import io.layerplan.compiler.diagnostics.DiagnosticRenderer;
import io.layerplan.compiler.diagnostics.SourceText;
import io.layerplan.compiler.schedule.ModelShape;
import io.layerplan.compiler.schedule.PlanResolver;
import io.layerplan.compiler.schedule.ResolveOptions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the text, reading ends with a tree or with a message.
final class PlanReaderTest {
    private static final List<String> PIECES = List.of(
            "run",
            "skip",
            "par",
            "loop",
            "attn",
            "ffn",
            "let",
            "param",
            "plan",
            "avg",
            "sum",
            "weights",
            "lp",
            "each",
            "scale",
            "by",
            "rev",
            "shuffle",
            "seed",
            "all",
            "rest",
            "last",
            "mid",
            "layers",
            "tap",
            "x",
            "x3",
            "xn",
            "n",
            "a",
            "0",
            "7",
            "0.5",
            "..",
            ",",
            ";",
            "=",
            "+",
            "-",
            "*",
            "/",
            "(",
            ")",
            "{",
            "}",
            "\n",
            " ",
            "# c\n",
            "é",
            ".",
            "\r\n",
            "99999999999999999999");

    @Test
    void noTextMakesItThrow() {
        var random = new Random(20);
        int read = 0;
        for (int i = 0; i < 4_000; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(30);
            for (int j = 0; j < length; j++) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(3) == 0 ? "" : " ");
            }
            read += readAndRender(text.toString()) ? 1 : 0;
        }
        assertThat(read).isBetween(50, 3_900);
    }

    @Test
    void noCutOrBlotInAPlanMakesItThrow() {
        var random = new Random(21);
        for (int seed = 0; seed < 300; seed++) {
            String plan = RandomPlans.messy(seed, 12);
            int at = random.nextInt(plan.length());
            readAndRender(plan.substring(0, at));
            readAndRender(plan.substring(at));
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            readAndRender(plan.substring(0, at) + " " + piece + " " + plan.substring(at));
            readAndRender(plan.substring(0, at) + plan.substring(Math.min(plan.length(), at + 3)));
        }
    }

    /// Reads, resolves and renders a text; whether it could be read.
    private static boolean readAndRender(String text) {
        var source = new SourceText("random.plan", text);
        assertThatCode(() -> {
                    var resolution = PlanResolver.resolve(source, ModelShape.ofLayers(12), ResolveOptions.NONE);
                    for (Diagnostic diagnostic : resolution.diagnostics()) {
                        assertThat(new DiagnosticRenderer(false).render(diagnostic))
                                .contains("random.plan");
                    }
                })
                .as(text)
                .doesNotThrowAnyException();
        return PlanReader.read(source).file().isPresent();
    }

    @Test
    void atMostOneErrorOfSyntaxIsReported() {
        ParseResult result = PlanReader.read(new SourceText("two.plan", "run\nrun"));
        assertThat(result.file()).isEmpty();
        assertThat(result.diagnostics()).hasSize(1);
    }

    @Test
    void theLongestAndDeepestTextsAreRead() {
        assertThat(PlanReader.read(new SourceText("long.plan", "run 0\n".repeat(PlanReader.LONGEST_TEXT / 6)))
                        .file())
                .isPresent();
        int depth = PlanReader.DEEPEST_NESTING;
        String blocks = "{".repeat(depth - 1) + "run 0" + "}".repeat(depth - 1);
        String lists = "run " + "rev(".repeat(depth) + "0" + ")".repeat(depth);
        String numbers = "run " + "(".repeat(depth) + "0" + ")".repeat(depth);
        String signs = "run " + "-".repeat(depth) + "0";
        String sum = "run 0" + "+0".repeat(depth);
        for (String text : List.of(blocks, lists, numbers, signs, sum)) {
            var source = new SourceText("deep.plan", text);
            PlanFile file = PlanReader.read(source).file().orElseThrow();
            assertThat(PlanFormatter.format(file)).contains("0");
            assertThat(AstPrinter.print(file)).contains("0");
            assertThat(PlanResolver.resolve(source, ModelShape.ofLayers(1), ResolveOptions.NONE)
                            .schedule())
                    .isPresent();
        }
    }
}
