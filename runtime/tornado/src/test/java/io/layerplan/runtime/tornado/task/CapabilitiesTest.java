package io.layerplan.runtime.tornado.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilitiesTest {
    private static final int LOCAL = 48 << 10;

    /// By TornadoVM's names of its backends.
    @ParameterizedTest
    @CsvSource({
        "OPENCL, '[]'",
        "CUDA, '[shuffles, int8 dot products, matrix cores, recorded graphs]'",
        "PTX, '[shuffles, int8 dot products, matrix cores, recorded graphs]'",
        "SPIRV, '[]'",
        "METAL, '[shuffles]'"
    })
    void knowsWhatBackendsCanDo(String backend, String features) {
        assertThat(Capabilities.of(backend, LOCAL).names()).hasToString(features);
    }

    @ParameterizedTest
    @EnumSource(Feature.class)
    void requiresWhatABackendHas(Feature feature) {
        Capabilities able = new Capabilities("some", Set.of(feature), LOCAL);
        assertThatCode(() -> able.require(feature, "leave it out")).doesNotThrowAnyException();
        for (Feature other : Feature.values()) {
            if (other != feature) {
                assertThatThrownBy(() -> able.require(other, "leave it out"))
                        .isInstanceOf(InputException.class)
                        .hasMessage("TornadoVM's backend `some` has no " + other.text());
            }
        }
    }

    @Test
    void saysWhichBackendsHaveWhatIsMissing() {
        assertThatThrownBy(() -> Capabilities.of("OPENCL", LOCAL)
                        .require(Feature.RECORDED_GRAPHS, "leave `-Dlayerplan.tornado.grids=recorded` out"))
                .isInstanceOfSatisfying(
                        InputException.class,
                        e -> assertThat(e.help())
                                .hasValue("leave `-Dlayerplan.tornado.grids=recorded` out, or use a device of CUDA,"
                                        + " PTX"));
    }

    @Test
    void refusesABackendThatIsNotKnown() {
        assertThatThrownBy(() -> Capabilities.of("VULKAN", LOCAL))
                .isInstanceOf(InputException.class)
                .hasMessage("TornadoVM's backend `vulkan` is not known");
    }

    @Test
    void kernelsFitIntoTheLocalMemoryOfNvidiasGpus() {
        assertThatCode(() -> Capabilities.of("CUDA", 48 << 10).requireLocalMemory())
                .doesNotThrowAnyException();
    }
}
