package io.layerplan.examples;

import io.layerplan.compiler.cli.Layerplan;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A command of the command line, run in this process.
record Command(int exitCode, String out, String err) {
    /// The repository.
    static final Path ROOT = Path.of(System.getProperty("layerplan.root", ".."));

    static Command run(List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = Layerplan.execute(
                arguments,
                InputStream.nullInputStream(),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                ROOT);
        return new Command(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
