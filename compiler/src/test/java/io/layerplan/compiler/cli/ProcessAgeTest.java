package io.layerplan.compiler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessAgeTest {
    @TempDir
    Path folder;

    @Test
    void isTheTimeFromTheStartInTicksToTheUptime() throws IOException {
        Path stat = Files.writeString(
                folder.resolve("stat"),
                "77 (a (b) 9 c) R 1 77 77 0 -1 4194304 100 0 0 0 5 1 0 0 20 0 1 0 12345 2000000 300 1844674407");
        Path uptime = Files.writeString(folder.resolve("uptime"), "125.70 240.00\n");

        assertThat(ProcessAge.seconds(stat, uptime).orElseThrow()).isCloseTo(2.25, within(1e-9));
    }

    @Test
    void isUnknownWhereTheSystemDoesNotSay() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd"), "no process");

        assertThat(ProcessAge.seconds(odd, odd)).isEmpty();
        assertThat(ProcessAge.seconds(folder.resolve("none"), odd)).isEmpty();
    }

    @Test
    void isNoLessThanTheAgeOfTheJvm() {
        double jvm = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;

        // What the JDK reports, where there is nothing better, may be a second off.
        assertThat(ProcessAge.seconds().orElseThrow()).isBetween(jvm - 1.1, jvm + 30);
    }
}
