package io.layerplan.runtime.tornado;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Device;
import io.layerplan.runtime.tornado.task.Capabilities;
import io.layerplan.runtime.tornado.task.GroupShape;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/// TornadoVM's devices, numbered through all of its backends.
final class TornadoDevices {
    /// `-Dlayerplan.tornado.groups=processor|gpu`: workgroups as for the one or the other, whatever the device is.
    private static final String GROUPS = "layerplan.tornado.groups";

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

    /// What workgroups are on a device.
    ///
    /// @throws InputException if others are asked for than there are
    static GroupShape groups(Device device) {
        GroupShape processor = GroupShape.processor(device.units());
        GroupShape gpu = GroupShape.gpu(device.units());
        String groups = System.getProperty(GROUPS, "");
        return switch (groups) {
            case "" -> isProcessor(device.number()) ? processor : gpu;
            case "processor" -> processor;
            case "gpu" -> gpu;
            default ->
                throw new InputException(
                        "`-D%s=%s` names no workgroups".formatted(GROUPS, groups), "give `processor` or `gpu`");
        };
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
