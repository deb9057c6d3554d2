package io.layerplan.compiler.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command that was run in this process, on the bundled model unless it says another one.
record CommandLineRun(int exitCode, String out, String err) {
    private static final Path HOME = Path.of(System.getProperty("layerplan.root", ".."));

    static CommandLineRun of(String... arguments) {
        return of("", Map.of(), List.of(arguments));
    }

    static CommandLineRun of(String input, Map<String, String> variables, List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var environment = new Environment(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                stream(out),
                stream(err),
                variables,
                Optional.of(HOME),
                false,
                false,
                false);
        int exitCode = Layerplan.execute(arguments, environment);
        return new CommandLineRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, false, StandardCharsets.UTF_8);
    }
}
