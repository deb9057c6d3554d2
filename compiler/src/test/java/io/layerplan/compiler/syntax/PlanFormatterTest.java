package io.layerplan.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.diagnostics.SourceText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Over random plans, whoever laid them out: the layout says the same, keeps the comments and stays as it is.
final class PlanFormatterTest {
    private static final int PLANS = 400;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 17})
    void formattingKeepsTheTreeAndTheCommentsAndIsIdempotent(int layers) {
        int comments = 0;
        for (int seed = 0; seed < PLANS; seed++) {
            String text = RandomPlans.messy(seed, layers);
            PlanFile file = read(text);
            String formatted = PlanFormatter.format(file);
            PlanFile again = read(formatted);
            assertThat(AstPrinter.print(again)).as(text).isEqualTo(AstPrinter.print(file));
            assertThat(again.comments()).as(text).hasSameSizeAs(file.comments());
            assertThat(PlanFormatter.format(again)).as(text).isEqualTo(formatted);
            comments += file.comments().size();
        }
        assertThat(comments).isGreaterThan(PLANS);
    }

    private static PlanFile read(String text) {
        ParseResult result = PlanReader.read(new SourceText("random.plan", text));
        assertThat(result.diagnostics()).as(text).isEmpty();
        return result.file().orElseThrow();
    }
}
