package io.layerplan.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.layerplan.compiler.cli.Layerplan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A command that was run in this process, on the bundled model.
record BenchRun(int exitCode, String out, String err) {
    /// The repository.
    static final Path ROOT = Path.of(System.getProperty("layerplan.root", ".."));

    private static final List<String> SHORT = List.of(
            "--threads=1", "--rounds=2", "--prompt-length=8", "--context=4,9", "--decode-length=2", "--warm-up=0");

    /// `bench` as short as it can be: its figures mean nothing.
    static BenchRun shortly(String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench"));
        all.addAll(SHORT);
        all.addAll(List.of(arguments));
        return of("", all);
    }

    static BenchRun of(String... arguments) {
        return of("", List.of(arguments));
    }

    static BenchRun of(String input, List<String> arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = Layerplan.execute(
                arguments,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                ROOT);
        return new BenchRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
