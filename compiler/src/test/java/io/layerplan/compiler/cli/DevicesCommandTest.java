package io.layerplan.compiler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DevicesCommandTest {
    @Test
    void listsTheProcessorAndWhatToInstallForOtherDevices() {
        CommandLineRun run = CommandLineRun.of("devices");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("cpu\n  0  ")
                .contains("tornado\n  none: the backend `tornado` is not installed\n  = help: install TornadoVM");
    }

    @Test
    void printsThemAsJson() throws IOException {
        JsonNode backends = new ObjectMapper()
                .readTree(CommandLineRun.of("devices", "--json").out())
                .get("backends");
        JsonNode cpu = backends.get(0);
        assertThat(cpu.get("backend").asText()).isEqualTo("cpu");
        assertThat(cpu.get("devices").get(0).get("number").asInt()).isZero();
        assertThat(cpu.get("devices").get(0).get("memory_bytes").asLong()).isPositive();
        assertThat(cpu.get("missing").isNull()).isTrue();
        assertThat(backends.get(1).get("devices").isEmpty()).isTrue();
        assertThat(backends.get(1).get("help").asText()).contains("TORNADOVM_HOME");
    }
}
