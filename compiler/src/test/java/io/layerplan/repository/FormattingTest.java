package io.layerplan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every Java source of every module is laid out by palantir-java-format (120 columns). The formatter runs here and not
/// in a Maven plugin because it has to run on JDK 25, whatever JDK Maven itself runs on.
final class FormattingTest {
    private static final Path ROOT = Path.of(System.getProperty("layerplan.root", ".."));
    private static final Pattern UNNAMED_PATTERN = Pattern.compile("(?<=\\w\\(|, )_(?=[,)])");
    private static final boolean UPDATE = Boolean.getBoolean("format.update");

    private final Formatter formatter = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    @Test
    void everySourceIsFormatted() throws IOException {
        List<Path> sources = sources();
        assertThat(sources).as("Java sources below %s", ROOT).hasSizeGreaterThan(150);

        List<String> unformatted = sources.parallelStream()
                .filter(source -> !isFormatted(source))
                .map(source -> ROOT.relativize(source).toString())
                .sorted()
                .toList();

        assertThat(unformatted)
                .as("not formatted; run: mvn -q -pl compiler -am test -Dtest=FormattingTest -Dformat.update=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEmpty();
    }

    private boolean isFormatted(Path source) {
        try {
            String text = Files.readString(source);
            MarkdownComments comments = new MarkdownComments();
            String formatted = comments.restore(format(comments.hide(text)));
            if (formatted.equals(text)) {
                return true;
            }
            if (UPDATE) {
                Files.writeString(source, formatted);
            }
            return UPDATE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FormatterException e) {
            throw new AssertionError(source + ": " + e.getMessage(), e);
        }
    }

    /// The formatter does not know the pattern `_` without a type: it is written `var _`.
    private String format(String text) throws FormatterException {
        try {
            return formatter.formatSourceAndFixImports(text);
        } catch (FormatterException e) {
            Matcher unnamed = UNNAMED_PATTERN.matcher(text);
            int line = e.diagnostics().getFirst().line();
            if (!e.getMessage().contains("expected token: '_'") || !unnamed.find(lineStart(text, line))) {
                throw e;
            }
            return format(text.substring(0, unnamed.start()) + "var " + text.substring(unnamed.start()));
        }
    }

    private static int lineStart(String text, int line) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        return start;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files =
                Files.find(ROOT, 20, (file, attributes) -> file.toString().endsWith(".java"))) {
            return files.filter(file -> isOurs(ROOT.relativize(file))).toList();
        }
    }

    /// Below a module's `src`; nothing generated, nothing in a folder of a tool (`.git`, `.idea`).
    private static boolean isOurs(Path file) {
        boolean inSources = false;
        for (Path part : file) {
            String name = part.toString();
            if (!inSources && (name.startsWith(".") || name.equals("target"))) {
                return false;
            }
            inSources |= name.equals("src");
        }
        return inSources;
    }
}
