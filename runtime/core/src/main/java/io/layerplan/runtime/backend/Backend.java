package io.layerplan.runtime.backend;

import io.layerplan.runtime.Executor;
import io.layerplan.runtime.program.NumericMode;
import io.layerplan.runtime.program.Program;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A way to run programs. Implementations are registered as services, have a constructor without parameters, and load
/// what they need when they are asked for devices, not before.
public interface Backend {
    /// What `--backend` calls it: `cpu`, `tornado`.
    String name();

    /// The devices that it can use here, by their numbers from 0.
    ///
    /// @throws io.layerplan.runtime.InputException if there are none, saying why and what to install
    List<Device> devices();

    /// Whether it has kernels for a numeric mode.
    default boolean computesIn(NumericMode mode) {
        return true;
    }

    /// How it wants the weights of a program to lie; empty where it takes them as they lie in the model's file.
    default Optional<WeightLayout> layout(Program program) {
        return Optional.empty();
    }

    /// How fast a device reads its own memory when it does nothing else: what a program whose weights are read once a
    /// token cannot exceed.
    ///
    /// @param device  a number of [#devices]
    /// @param bytes   that are read again and again, no more than an allocation can have
    /// @param threads as programs have, where the backend has threads
    /// @return bytes a second; empty where the backend has no way to measure it
    default OptionalDouble readSpeed(int device, long bytes, int threads) {
        return OptionalDouble.empty();
    }

    /// Makes a program ready to run.
    ///
    /// @throws io.layerplan.runtime.InputException if the device is not there, cannot run the program, or has too
    /// little
    ///                                             memory; nothing else is tried instead
    Executor open(Program program, WeightSource weights, BackendOptions options);
}
