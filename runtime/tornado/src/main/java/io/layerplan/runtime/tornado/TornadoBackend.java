package io.layerplan.runtime.tornado;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.backend.Device;
import io.layerplan.runtime.backend.WeightLayout;
import io.layerplan.runtime.backend.WeightSource;
import io.layerplan.runtime.program.KeyValueFormat;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tornado.task.TileLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// GPUs and OpenCL devices, by TornadoVM. Nothing of TornadoVM is loaded before devices are asked for, and a JVM that
/// was not started with it is told so.
public final class TornadoBackend implements Backend {
    private static final String RUNTIME_MODULE = "tornado.runtime";

    @Override
    public String name() {
        return Backends.TORNADO;
    }

    @Override
    public List<Device> devices() {
        requireRuntime();
        List<Device> devices = found();
        if (devices.isEmpty()) {
            throw new InputException(
                    "TornadoVM finds no device",
                    "install a driver: OpenCL for the processor (Debian, Ubuntu: `apt-get install pocl-opencl-icd`),"
                            + " or the one of your GPU");
        }
        return devices;
    }

    private static List<Device> found() {
        try {
            VariableOrder.fix();
            return TornadoDevices.all();
        } catch (LinkageError e) {
            throw StartFailure.of(e);
        }
    }

    private static void requireRuntime() {
        if (ModuleLayer.boot().findModule(RUNTIME_MODULE).isEmpty()) {
            throw new InputException("this JVM was started without TornadoVM", Backends.TORNADO_HELP);
        }
    }

    @Override
    public boolean computesIn(NumericMode mode) {
        return mode == NumericMode.F32;
    }

    @Override
    public Optional<WeightLayout> layout(Program program) {
        return Optional.of(new TileLayout(program));
    }

    @Override
    public OptionalDouble readSpeed(int device, long bytes, int threads) {
        return OptionalDouble.of(MemoryRead.bytesPerSecond(Backends.device(this, device), bytes));
    }

    @Override
    public Executor open(Program program, WeightSource weights, BackendOptions options) {
        if (options.threads() != 0) {
            throw new InputException("`--threads` says nothing to the backend `tornado`", "leave it out");
        }
        if (!options.repack()) {
            throw new InputException("`--no-repack` says nothing to the backend `tornado`", "leave it out");
        }
        if (options.kv() != KeyValueFormat.F32) {
            throw new InputException(
                    "the backend `tornado` stores keys and values as 32-bit floats only",
                    "leave `--kv` out, or run on the backend `cpu`");
        }
        Device device = Backends.device(this, options.device());
        return TornadoExecutor.open(program, weights, device, options);
    }
}
