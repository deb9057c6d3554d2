package io.layerplan.bench;

import io.layerplan.runtime.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where results go.
final class OutputOptions {
    private static final String ENDING = ".html";

    @Option(names = "--json", description = "Print the results as JSON on standard output.")
    boolean json;

    @Option(names = "--csv", description = "Print the results as CSV, a line for every variant and phase.")
    boolean csv;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a page with plots too, in a single HTML file; one that is there is replaced.")
    @Nullable
    Path report;

    /// Before anything is measured, so that nobody waits in vain.
    ///
    /// @throws InputException if the results could not be put out
    void check() {
        if (json && csv) {
            throw new InputException("both `--json` and `--csv` given", "leave one of them out");
        }
        if (report == null) {
            return;
        }
        if (!report.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            throw new InputException(
                    "`--report %s`: reports are HTML".formatted(report),
                    "name a file that ends in `%s`".formatted(ENDING));
        }
        Path folder = report.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new InputException("cannot write `%s`: no such file or folder".formatted(report));
        }
        if (Files.isDirectory(report)) {
            throw new InputException("`%s` is a folder".formatted(report), "name a file to write");
        }
    }
}
