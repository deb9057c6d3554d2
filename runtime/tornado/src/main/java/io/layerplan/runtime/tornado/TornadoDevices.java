package io.layerplan.runtime.tornado;

import io.layerplan.runtime.backend.Device;
import io.layerplan.runtime.tornado.task.Capabilities;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/// TornadoVM's devices, numbered through all of its backends.
final class TornadoDevices {
    private TornadoDevices() {}

    private record Found(Capabilities capabilities, TornadoDevice device) {}

    static List<Device> all() {
        List<Found> found = find();
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            TornadoDevice device = found.get(i).device();
            List<String> abilities = new ArrayList<>(found.get(i).capabilities().names());
            abilities.addFirst(
                    "local memory %d kB".formatted(found.get(i).capabilities().localBytes() >> 10));
            devices.add(new Device(
                    i,
                    device.getPhysicalDevice().getDeviceName(),
                    found.get(i).capabilities().backend(),
                    device.getMaxGlobalMemory(),
                    device.getMaxAllocMemory(),
                    device.getPhysicalDevice().getDeviceMaxComputeUnits(),
                    abilities));
        }
        return devices;
    }

    static TornadoDevice device(int number) {
        return find().get(number).device();
    }

    /// Whether a device is the processor, by OpenCL.
    static boolean isProcessor(int number) {
        return device(number).getDeviceType() == TornadoDeviceType.CPU;
    }

    static Capabilities capabilities(int number) {
        return find().get(number).capabilities();
    }

    private static List<Found> find() {
        List<Found> found = new ArrayList<>();
        for (TornadoBackend backend : TornadoExecutionPlan.getTornadoDeviceMap().getAllBackends()) {
            String name = backend.getBackendType().name();
            for (int i = 0; i < backend.getNumDevices(); i++) {
                TornadoDevice device = backend.getDevice(i);
                found.add(new Found(Capabilities.of(name, device.getDeviceLocalMemorySize()), device));
            }
        }
        return found;
    }
}
