package io.layerplan.compiler.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What golden files do not show: colours, and places that the language does not point at.
final class DiagnosticRendererTest {
    private static final SourceText SOURCE = new SourceText("draft.plan", "run 0..3\nrun 4..31 x2\n");

    @Test
    void coloursAreEscapeSequencesAndNothingElse() {
        Diagnostic diagnostic = Diagnostic.error(new SourceSpan(SOURCE, 16, 18), "the model has no layer 31")
                .withLabel("last layer is 17")
                .withHelp("the model has 18 layers");
        String coloured = new DiagnosticRenderer(true).render(diagnostic);

        assertThat(coloured)
                .contains("\u001B[1;31merror\u001B[0m")
                .contains("\u001B[1;31m^^ last layer is 17\u001B[0m");
        assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", ""))
                .isEqualTo(new DiagnosticRenderer(false).render(diagnostic));
    }

    @Test
    void everySeverityHasItsColour() {
        var renderer = new DiagnosticRenderer(true);
        SourceSpan span = SourceSpan.whole(SOURCE);
        assertThat(renderer.render(Diagnostic.warning(span, "a"))).startsWith("\u001B[1;33mwarning");
        assertThat(renderer.render(Diagnostic.note(span, "a"))).startsWith("\u001B[1;36mnote");
    }

    @Test
    void aSpanOfSeveralLinesIsMarkedOnItsFirst() {
        String text = new DiagnosticRenderer(false).render(Diagnostic.error(new SourceSpan(SOURCE, 4, 15), "odd"));
        assertThat(text).isEqualTo("""
            error: odd
              --> draft.plan:1:5
               |
             1 | run 0..3
               |     ^^^^
            """);
    }

    @Test
    void theEndOfTheTextIsAPlace() {
        int end = SOURCE.text().length();
        String text = new DiagnosticRenderer(false).render(Diagnostic.error(new SourceSpan(SOURCE, end, end), "odd"));
        assertThat(text).isEqualTo("""
            error: odd
              --> draft.plan:3:1
               |
             3 |
               | ^
            """);
    }

    @Test
    void severalAreSeparatedByAnEmptyLine() {
        Diagnostic one = Diagnostic.note(SourceSpan.whole(SourceText.flag("--plan a")), "one");
        assertThat(new DiagnosticRenderer(false).render(List.of(one, one)))
                .isEqualTo("note: one\n  --> --plan a\n\nnote: one\n  --> --plan a\n");
    }

    @Test
    void toolsGetPositions() {
        Diagnostic diagnostic =
                Diagnostic.error(new SourceSpan(SOURCE, 16, 18), "odd").withLabel("here");
        assertThat(DiagnosticReport.of(diagnostic))
                .isEqualTo(new DiagnosticReport("error", "odd", "draft.plan", 2, 8, 2, 10, "here", null));
        assertThat(DiagnosticReport.of(Diagnostic.warning(SourceSpan.whole(SOURCE), "odd")))
                .isEqualTo(new DiagnosticReport("warning", "odd", "draft.plan", 0, 0, 0, 0, null, null));
    }

    @Test
    void columnsCountCharacters() {
        var source = new SourceText("wide.plan", "# 🦙🦙\r# 🦙 x");
        assertThat(new SourceSpan(source, 12, 13).location()).isEqualTo("wide.plan:2:5");
    }
}
