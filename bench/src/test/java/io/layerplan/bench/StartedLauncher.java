package io.layerplan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The launcher `./layerplan` on the classes of this JVM, as if it had built them.
final class StartedLauncher {
    private final Path home;
    private final Path err;

    private StartedLauncher(Path home) {
        this.home = home;
        this.err = home.resolve("err");
    }

    /// @param home an empty folder
    static StartedLauncher install(Path home) throws IOException {
        Files.copy(BenchRun.ROOT.resolve("layerplan"), home.resolve("layerplan"));
        Path state = Files.createDirectories(home.resolve("target/launcher"));
        Path app = Files.createDirectory(state.resolve("app"));
        writeJar(app.resolve("classes.jar"));
        Files.writeString(state.resolve("current"), app + "\n" + System.getProperty("java.home") + "\n");
        Files.createFile(state.resolve("stamp"));
        return new StartedLauncher(home);
    }

    /// One that holds nothing, and names the class path of this JVM.
    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        String places = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(place -> Path.of(place).toUri().toString())
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, places);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    /// @param options of the JVM
    void run(List<String> options, List<String> arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("bash", home.resolve("layerplan").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(err.toFile())
                .redirectOutput(home.resolve("out").toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.contains("JAVA") || name.startsWith("LAYERPLAN"));
        environment.remove("TORNADOVM_HOME");
        environment.put("LAYERPLAN_JAVA_OPTIONS", String.join(" ", options));
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    }
}
