package io.layerplan.compiler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.layerplan.compiler.diagnostics.DiagnosticRenderer;
import io.layerplan.compiler.diagnostics.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The plans in the language reference mean something, and its figures are those of the code.
final class LanguageReferenceTest {
    private static final Path REFERENCE =
            Path.of(System.getProperty("layerplan.root", "..")).resolve("docs/language.md");
    private static final Pattern PLAN = Pattern.compile("(?ms)^```plan([^\n]*)\n(.*?)^```$");

    @TestFactory
    List<DynamicTest> everyPlanResolves() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        Matcher plans = PLAN.matcher(Files.readString(REFERENCE));
        while (plans.find()) {
            String options = plans.group(1);
            String text = plans.group(2);
            int layers = option(options, "layers").map(Integer::parseInt).orElse(18);
            tests.add(DynamicTest.dynamicTest(text.lines().findFirst().orElse(""), () -> {
                Resolution resolution = PlanResolver.resolve(
                        new SourceText("language.md", text),
                        ModelShape.ofLayers(layers),
                        new ResolveOptions(option(options, "plan"), Map.of()));
                assertThat(resolution.schedule())
                        .as(new DiagnosticRenderer(false).render(resolution.diagnostics()))
                        .isPresent();
            }));
        }
        assertThat(tests).hasSizeGreaterThan(12);
        return tests;
    }

    private static Optional<String> option(String options, String key) {
        Matcher value = Pattern.compile(key + "=(\\w+)").matcher(options);
        return value.find() ? Optional.of(value.group(1)) : Optional.empty();
    }

    @Test
    void theLimitsAreThoseOfTheCode() throws IOException {
        assertThat(Files.readString(REFERENCE))
                .contains(String.format(Locale.ROOT, "every repeat counted | %,d |", Budget.MOST_OCCURRENCES))
                .contains(String.format(Locale.ROOT, "lists of a file | %,d |", Budget.MOST_LISTED))
                .contains(String.format(Locale.ROOT, "layers of a model | %,d |", ModelShape.MOST_LAYERS))
                .contains(String.format(Locale.ROOT, "suffixes around each other | %d |", Budget.DEEPEST_NESTING));
    }
}
