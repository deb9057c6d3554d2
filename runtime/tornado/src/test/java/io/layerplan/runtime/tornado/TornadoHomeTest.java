package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher says of a TORNADOVM_HOME that is none; it refuses before it builds or starts anything.
class TornadoHomeTest {
    private static final Path LAUNCHER = Path.of(System.getProperty("layerplan.root"), "layerplan");
    private static final String HELP =
            "   = help: set it to the folder of a TornadoVM SDK for JDK 25 (SDKMAN: `sdk install tornadovm"
                    + " 5.2.0-jdk25-opencl`, or a release archive), or unset it\n";

    @TempDir
    Path folder;

    @Test
    void refusesAHomeThatIsNoFolder() throws Exception {
        Path none = folder.resolve("none");
        assertThat(devices(none)).isEqualTo("2\nerror: TORNADOVM_HOME names no folder: `%s`\n%s".formatted(none, HELP));
    }

    @Test
    void refusesAFolderThatIsNoTornadoVm() throws Exception {
        assertThat(devices(folder))
                .isEqualTo("2\nerror: TORNADOVM_HOME names no TornadoVM SDK: `%s`\n%s".formatted(folder, HELP));
        install("5.2.0-jdk25");
        assertThat(devices(folder))
                .isEqualTo("2\nerror: TORNADOVM_HOME names no TornadoVM SDK: `%s`\n%s".formatted(folder, HELP));
    }

    @Test
    void refusesATornadoVmOfAnotherJdk() throws Exception {
        install("5.2.0-jdk21");
        Files.writeString(folder.resolve("tornado-argfile.template"), "");
        assertThat(devices(folder))
                .isEqualTo("2\nerror: TORNADOVM_HOME names TornadoVM 5.2.0-jdk21, which is not for JDK 25\n%s"
                        .formatted(HELP));
    }

    private void install(String version) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("share/java/tornado"));
        Files.writeString(jars.resolve("tornado-api-%s.jar".formatted(version)), "");
    }

    /// The exit code of `layerplan devices`, then all that it prints.
    private static String devices(Path home) throws IOException, InterruptedException {
        assumeThat(Path.of("/bin/bash")).as("the launcher needs bash").isExecutable();
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", LAUNCHER.toString(), "devices");
        builder.environment().put("TORNADOVM_HOME", home.toString());
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + "\n" + printed;
    }
}
