package io.layerplan.runtime.backend;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.program.Program;
import io.layerplan.runtime.tensor.Matrix;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A way to run programs. Implementations are registered as services, have a constructor without parameters, and load
/// what they need when they are asked for devices, not before.
public interface Backend {
    /// What `--backend` calls it: `cpu`, `tornado`.
    String name();

    /// The devices that it can use here, by their numbers from 0.
    ///
    /// @throws io.layerplan.runtime.InputException if there are none, saying why and what to install
    List<Device> devices();

    /// Makes a program ready to run.
    ///
    /// @param weights the model's weight of a name, null where it has none; their memory outlives the executor
    /// @throws io.layerplan.runtime.InputException if the device is not there, cannot run the program, or has too
    /// little
    ///                                             memory; nothing else is tried instead
    Executor open(Program program, Function<String, ? extends @Nullable Matrix> weights, BackendOptions options);
}
