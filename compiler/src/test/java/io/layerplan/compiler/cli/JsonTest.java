package io.layerplan.compiler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonTest {
    private record Shelf(Optional<String> bookEnd) {}

    @Test
    void writesOptionalsAsTheirValueOrNull() {
        assertThat(Json.text(new Shelf(Optional.of("brass")))).isEqualTo("{\n  \"book_end\" : \"brass\"\n}\n");
        assertThat(Json.text(new Shelf(Optional.empty()))).isEqualTo("{\n  \"book_end\" : null\n}\n");
    }

    @Test
    void inspectsAModelAsJson() throws Exception {
        CommandLineRun run = CommandLineRun.of("inspect", "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(new ObjectMapper().readTree(run.out()).at("/spec/layers").size())
                .isEqualTo(17);
    }
}
