package io.layerplan.runtime;

import io.layerplan.runtime.program.KeyValueFormat;
import java.util.OptionalLong;

/// What an executor runs with and what it takes, for `--stats`.
///
/// @param kernels         which kernels run, and on what: `vector (512 bits), 2 threads`
/// @param weightBytes     weights that the program uses
/// @param keyValueBytes   keys and values of a full context
/// @param keyValueFormat  how they are stored
/// @param heldBytes       repacked weights, keys and values that lie in this process's own memory so far, beside mapped
///                        files; empty where they lie on a device
/// @param activationBytes buffers and scratch, so far
/// @param launches        how many launches have been dispatched since it was made
public record ExecutorFigures(
        String kernels,
        long weightBytes,
        long keyValueBytes,
        KeyValueFormat keyValueFormat,
        OptionalLong heldBytes,
        long activationBytes,
        long launches) {}
