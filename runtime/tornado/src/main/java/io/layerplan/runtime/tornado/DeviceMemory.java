package io.layerplan.runtime.tornado;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Device;
import io.layerplan.runtime.tornado.task.DeviceProgram.Sizes;
import java.util.Locale;

/// Whether the arrays of a run fit, before they are allocated: a driver that is asked for too much fails in ways of its
/// own, or takes the whole machine's memory.
final class DeviceMemory {
    private static final String HELP =
            "ask for a smaller context with `--ctx`, use a smaller model, or run with `--backend cpu`";

    private DeviceMemory() {}

    /// @param shared whether the device's memory is this process's, where there is a copy of all arrays already
    /// @throws InputException if they do not fit
    static void require(Sizes sizes, Device device, boolean shared) {
        long largest = 4L * Math.max(Math.max(sizes.words(), sizes.floats()), Math.max(sizes.cache(), sizes.buffers()));
        if (largest > device.largestBytes() || sizes.bytes() > device.memoryBytes()) {
            throw new InputException(
                    "the run takes %s, %s of them in one piece; device %d has %s, %s in one piece"
                            .formatted(
                                    gigabytes(sizes.bytes()),
                                    gigabytes(largest),
                                    device.number(),
                                    gigabytes(device.memoryBytes()),
                                    gigabytes(device.largestBytes())),
                    HELP);
        }
        if (shared && sizes.bytes() > device.memoryBytes() / 2) {
            throw new InputException(
                    "the run takes %s twice, for the process and for device %d, which share %s"
                            .formatted(gigabytes(sizes.bytes()), device.number(), gigabytes(device.memoryBytes())),
                    HELP);
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
