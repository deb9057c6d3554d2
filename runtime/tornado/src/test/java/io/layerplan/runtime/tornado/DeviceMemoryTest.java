package io.layerplan.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Device;
import io.layerplan.runtime.tornado.task.DeviceProgram.Sizes;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
    private static final Device DEVICE =
            new Device(1, "a device", "OpenCL", 8_000_000_000L, 4_000_000_000L, 2, List.of());

    /// Elements of 4 bytes: weights, and keys and values.
    private static Sizes sizes(int words, int cache) {
        return new Sizes(1, words, 1, cache, 1, 1);
    }

    @Test
    void takesWhatFits() {
        assertThatCode(() -> DeviceMemory.require(sizes(900_000_000, 900_000_000), DEVICE, false))
                .doesNotThrowAnyException();
        assertThatCode(() -> DeviceMemory.require(sizes(450_000_000, 450_000_000), DEVICE, true))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesMoreThanTheDeviceHas() {
        assertThatThrownBy(() -> DeviceMemory.require(sizes(1_000_000_000, 1_000_000_000), DEVICE, false))
                .isInstanceOf(InputException.class)
                .hasMessage("the run takes 8.00 GB, 4.00 GB of them in one piece; device 1 has 8.00 GB, 4.00 GB in one"
                        + " piece");
    }

    @Test
    void refusesAPieceThatIsTooLarge() {
        assertThatThrownBy(() -> DeviceMemory.require(sizes(1, 1_100_000_000), DEVICE, false))
                .isInstanceOf(InputException.class)
                .hasMessage("the run takes 4.40 GB, 4.40 GB of them in one piece; device 1 has 8.00 GB, 4.00 GB in one"
                        + " piece");
    }

    @Test
    void countsTwiceWhereTheDeviceIsTheProcessor() {
        assertThatThrownBy(() -> DeviceMemory.require(sizes(600_000_000, 600_000_000), DEVICE, true))
                .isInstanceOf(InputException.class)
                .hasMessage("the run takes 4.80 GB twice, for the process and for device 1, which share 8.00 GB");
    }
}
