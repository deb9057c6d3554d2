package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.Backends;
import org.junit.jupiter.api.Test;

class TornadoBackendTest {
    @Test
    void isFoundAsAService() {
        assertThat(Backends.all()).extracting(Backend::name).containsExactly("cpu", "tornado");
    }

    @Test
    void saysWhatToInstallWhereThereIsNoTornadoVm() {
        assumeThat(System.getenv("TORNADOVM_HOME")).isNull();
        assertThatThrownBy(() -> new TornadoBackend().devices())
                .isInstanceOf(InputException.class)
                .hasMessage("this JVM was started without TornadoVM");
    }
}
