package io.layerplan.runtime.backend;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.program.NumericMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// The backends that are installed.
public final class Backends {
    /// What runs a program where nothing else is asked for.
    public static final String USUAL = "cpu";

    /// GPUs and OpenCL devices, where TornadoVM is installed.
    public static final String TORNADO = "tornado";

    /// What can be asked for, installed or not.
    public static final List<String> KNOWN = List.of(USUAL, TORNADO);

    /// What to do for devices other than the processor.
    public static final String TORNADO_HELP =
            "install TornadoVM for JDK 25 (SDKMAN: `sdk install tornadovm 5.2.0-jdk25-opencl`, or a "
                    + "release archive), set TORNADOVM_HOME to its folder and start `layerplan` again";

    private Backends() {}

    /// All of them, by name.
    public static List<Backend> all() {
        return ServiceLoader.load(Backend.class, Backends.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Backend::name))
                .toList();
    }

    /// The backend of a name.
    ///
    /// @throws InputException if it is not installed
    public static Backend named(String name) {
        List<Backend> all = all();
        return all.stream()
                .filter(backend -> backend.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(name, all));
    }

    private static InputException missing(String name, List<Backend> all) {
        String there = all.stream().map(backend -> "`" + backend.name() + "`").collect(Collectors.joining(", "));
        return name.equals(TORNADO)
                ? new InputException("the backend `tornado` is not installed", TORNADO_HELP)
                : new InputException("there is no backend `%s`".formatted(name), "there is " + there);
    }

    /// Refuses a numeric mode that a backend has no kernels for.
    ///
    /// @throws InputException if it has none
    public static void requireMode(Backend backend, NumericMode mode) {
        if (!backend.computesIn(mode)) {
            throw new InputException(
                    "the backend `%s` has no kernels for the numeric mode `%s`"
                            .formatted(backend.name(), mode.name().toLowerCase(Locale.ROOT)),
                    "leave `--numeric` out, say `--numeric f32`, or compile and run for `cpu`");
        }
    }

    /// A device of a backend.
    ///
    /// @throws InputException if the backend has no device of that number
    public static Device device(Backend backend, int number) {
        List<Device> devices = backend.devices();
        return devices.stream()
                .filter(device -> device.number() == number)
                .findFirst()
                .orElseThrow(() -> new InputException(
                        "the backend `%s` has no device %d".formatted(backend.name(), number),
                        "`layerplan devices` lists what there is"));
    }
}
