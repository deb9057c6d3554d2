package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.layerplan.compiler.cli.Layerplan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `layerplan bench --backend tornado`, as short as it can be; what is asserted is what is said, never how fast it was.
@Tag("device")
class DeviceBenchTest {
    @Test
    void measuresFusedAgainstUnfused() throws IOException {
        Devices.require();
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = Layerplan.execute(
                List.of(
                        "bench",
                        "-e",
                        "run 0..1; par 2..3 avg",
                        "--backend=tornado",
                        "--rounds=2",
                        "--prompt-length=8",
                        "--context=4",
                        "--decode-length=2",
                        "--warm-up=0",
                        "--json"),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Path.of(System.getProperty("layerplan.root")));
        assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(json.at("/backend").asText()).isEqualTo("tornado");
        assertThat(json.at("/device/name").asText()).isNotEmpty();
        assertThat(json.at("/memory_bandwidth/gigabytes_per_second").asDouble()).isPositive();
        assertThat(json.at("/plans/0/numeric").asText()).isEqualTo("f32");
        for (String phase : List.of("decode", "prefill")) {
            assertThat(json.at("/plans/0/%s/ratio".formatted(phase)).asDouble()).isPositive();
        }
        assertThat(json.at("/plans/0/details/fused/launches_per_token").asInt())
                .isPositive()
                .isLessThan(
                        json.at("/plans/0/details/unfused/launches_per_token").asInt());
    }
}
