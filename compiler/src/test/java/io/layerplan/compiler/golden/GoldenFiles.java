package io.layerplan.compiler.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Golden files: a folder of inputs, each beside what is expected of it. With `-Dgolden.update=true` what comes out is
/// written instead of compared; the difference is for a person to read.
public final class GoldenFiles {
    private static final Path ROOT = Path.of("src/test/resources/golden");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    private GoldenFiles() {}

    /// A test for every input of a folder below `golden/`.
    ///
    /// @param extension of the inputs, with its dot
    /// @param atLeast how many there are, so that no test passes on an empty folder
    /// @param actual from an input to what it is expected to give
    public static Stream<DynamicTest> tests(
            String folder, String extension, int atLeast, Function<GoldenCase, String> actual) {
        return tests(folder, extension, ".expected", atLeast, actual);
    }

    /// The same, where several things are expected of an input.
    ///
    /// @param result what takes the place of `extension` in the name of the file that holds what is expected
    public static Stream<DynamicTest> tests(
            String folder, String extension, String result, int atLeast, Function<GoldenCase, String> actual) {
        List<GoldenCase> cases = cases(folder, extension).stream()
                .map(one ->
                        new GoldenCase(one.name(), one.text(), one.expected().resolveSibling(one.name() + result)))
                .toList();
        assertThat(cases).as("golden files in %s", folder).hasSizeGreaterThanOrEqualTo(atLeast);
        return cases.stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one, actual.apply(one))));
    }

    /// All the inputs of a folder, by name.
    public static List<GoldenCase> cases(String folder, String extension) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .map(file -> GoldenCase.read(file, extension))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(GoldenCase one, String actual) throws IOException {
        if (UPDATE) {
            Files.writeString(one.expected(), actual);
        }
        assertThat(one.expected()).as("expected by %s", one.name()).exists();
        assertThat(actual).isEqualTo(Files.readString(one.expected()));
    }
}
