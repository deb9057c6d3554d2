package io.layerplan.compiler.cli;

import io.layerplan.runtime.InputException;
import io.layerplan.runtime.backend.Backend;
import io.layerplan.runtime.backend.BackendOptions;
import io.layerplan.runtime.backend.Backends;
import io.layerplan.runtime.program.KeyValueFormat;
import picocli.CommandLine.Option;

/// What a plan is run on.
public final class BackendFlags {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "What to run on: cpu (the default) or tornado; `layerplan devices` says what is there.")
    String backend = Backends.USUAL;

    @Option(names = "--device", paramLabel = "N", description = "Which of the backend's devices. Default: 0.")
    int device;

    @Option(
            names = "--kv",
            paramLabel = "FORMAT",
            description = "How keys and values are stored: f32 (the default) or f16, which takes half the memory and "
                    + "rounds them. On cpu only.")
    KeyValueFormat kv = KeyValueFormat.F32;

    @Option(
            names = "--no-repack",
            description = "Leaves weights as they lie in the file, where the backend cpu would lay rows side by side: "
                    + "a sooner start and less memory, and slower products.")
    boolean noRepack;

    /// How keys and values are stored.
    public KeyValueFormat kv() {
        return kv;
    }

    /// The backend that is asked for.
    ///
    /// @throws InputException if the backend is not installed
    public Backend backend() {
        if (device < 0) {
            throw new InputException("a device %d is not possible".formatted(device), "give a number 0 or more");
        }
        return Backends.named(backend);
    }

    /// How it is asked to run programs.
    ///
    /// @param threads  0 for the usual
    /// @param context  positions
    /// @param prompt   about how many tokens the prompt has, 0 if unknown
    /// @param progress is told what starting takes
    public BackendOptions options(int threads, int context, int prompt, BackendOptions.Progress progress) {
        return new BackendOptions(device, threads, context, 0, kv, !noRepack, prompt, progress);
    }
}
