package io.layerplan.compiler.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the launcher runs once after a build, so that the JVM records what starting takes: commands of every sort, one
/// after the other, their output thrown away. A command that fails is no reason to have no cache.
final class Training {
    private static final String PLAN = "param n = 3; let l = 4..11; run 0..n; par l avg; loop 12..15 x2; skip 16";

    private static final List<List<String>> LIGHT = List.of(
            List.of("check", "-e", PLAN),
            List.of("check", "-e", PLAN, "--set", "n=2", "--json"),
            List.of("check", "-e", "run 0..3; par 4..40 weights(1, 2) scale 1/2; run rest", "--layers", "17"),
            List.of("check", "--layers", "17", "-e", "run 0..3 par"),
            List.of("fmt", "-e", PLAN),
            List.of("inspect", "--tensors"),
            List.of("explain", "-e", PLAN),
            List.of("check", "--colour"),
            List.of("check", "--help"));

    private static final List<List<String>> COMPUTING = List.of(
            List.of("run", "-e", PLAN, "--prompt", "And God said unto Moses, Go", "-n", "40", "--stats"),
            List.of("run", "-e", PLAN, "--tokens", "5,6,7", "-n", "4", "--temperature", "0.5", "--json"));

    /// Those that need a file in between.
    private static List<List<String>> computing(Path folder) {
        String file = folder.resolve("training.lpx").toString();
        List<List<String>> commands = new ArrayList<>(COMPUTING);
        commands.add(List.of("compile", "-e", PLAN, "-o", file));
        commands.add(List.of("run", file, "--prompt", "And God said", "-n", "8", "--stats"));
        return commands;
    }

    private Training() {}

    /// @param arguments `check` or `run`: for which of the launcher's two caches
    public static void main(String[] arguments) throws IOException {
        Environment process = Environment.ofProcess();
        Path folder = Files.createTempDirectory("layerplan");
        try {
            run(List.of(arguments).contains("run") ? computing(folder) : LIGHT, process);
        } finally {
            Files.deleteIfExists(folder.resolve("training.lpx"));
            Files.delete(folder);
        }
    }

    private static void run(List<List<String>> commands, Environment process) {
        for (List<String> command : commands) {
            PrintStream out = new PrintStream(OutputStream.nullOutputStream());
            Environment silent = new Environment(
                    InputStream.nullInputStream(), out, out, Map.of(), process.home(), false, false, false);
            int code = Layerplan.execute(command, silent);
            process.out().println(command + ": " + code);
        }
        process.out().flush();
    }
}
