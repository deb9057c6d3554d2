package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.program.View;
import java.util.List;
import org.junit.jupiter.api.Test;

class TornadoBackendTest {
    @Test
    void isFoundAsAService() {
        assertThat(Backends.all()).extracting(Backend::name).containsExactly("cpu", "tornado");
    }

    @Test
    void refusesKeysAndValuesAsHalves() {
        BackendOptions options =
                new BackendOptions(0, 0, 16, 0, KeyValueFormat.F16, true, 0, BackendOptions.Progress.NONE);
        Program program = new Program(
                "none", NumericMode.F32, 1, 16, List.of(), List.of(), List.of(), List.of(), new View(0, 0, 1));
        assertThatThrownBy(() -> new TornadoBackend().open(program, name -> null, options))
                .isInstanceOf(InputException.class)
                .hasMessage("the backend `tornado` stores keys and values as 32-bit floats only");
    }

    @Test
    void saysWhatToInstallWhereThereIsNoTornadoVm() {
        assumeThat(System.getenv("TORNADOVM_HOME")).isNull();
        assertThatThrownBy(() -> new TornadoBackend().devices())
                .isInstanceOf(InputException.class)
                .hasMessage("this JVM was started without TornadoVM");
    }
}
