package io.layerplan.compiler.cli;

import io.layerplan.runtime.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `explain` shows instead of tables.
final class DrawingOptions {
    private static final String ENDING = ".svg";

    @Option(
            names = "--draw",
            paramLabel = "FILE",
            description = "Draw the program into an SVG file: its launches, and what runs side by side.")
    @Nullable
    Path picture;

    @Option(names = "--dot", description = "Print the graph for Graphviz on standard output, instead of the tables.")
    boolean dot;

    boolean isAskedFor() {
        return dot || picture != null;
    }

    /// @param unfused whether `--no-fuse` was given, which is about the drawing
    /// @throws InputException if they do not go together
    void check(boolean json, boolean unfused) {
        if (dot && json) {
            throw new InputException("both `--dot` and `--json` given", "leave one of them out");
        }
        if (unfused && !isAskedFor()) {
            throw new InputException(
                    "`--no-fuse` without a drawing or `--emit`",
                    "add `--draw FILE`, `--dot` or `--emit WHAT`; the tables show both, fused and not");
        }
        if (picture != null && !picture.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            throw new InputException(
                    "`--draw %s`: drawings are SVG".formatted(picture),
                    "name a file that ends in `%s`".formatted(ENDING));
        }
    }

    /// Writes what was asked for, except what goes to standard output.
    ///
    /// @param fusing which of the two programs
    void write(ComparedPrograms programs, ResolvedPlan plan, String name, String model, boolean fusing) {
        if (picture == null) {
            return;
        }
        String svg = programs.drawing(name, plan.source().text(), model, fusing);
        try {
            Files.writeString(picture, svg);
        } catch (IOException e) {
            throw new InputException("cannot write `%s`: %s".formatted(picture, IoReasons.reason(e)), "", e);
        }
    }
}
