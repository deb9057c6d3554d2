package io.layerplan.runtime.backend;

import io.layerplan.runtime.program.KeyValueFormat;

/// How a program is run.
///
/// @param device   a number of [Backend#devices]
/// @param threads  workers, where the backend has a number of them; 0 is the usual
/// @param context  the most positions of a sequence
/// @param batch    the most tokens that go through the program at a time; 0 is the usual
/// @param kv       how keys and values are stored; a backend that cannot refuses
/// @param repack   whether weights may be laid out anew in memory, which takes memory and some of the start, and makes
///     products faster; a backend that has no such choice refuses `false`
/// @param prompt   about how many tokens the first pass will have, 0 if unknown: for what can be made ready ahead
/// @param progress is told what starting takes
public record BackendOptions(
        int device,
        int threads,
        int context,
        int batch,
        KeyValueFormat kv,
        boolean repack,
        int prompt,
        Progress progress) {
    /// Told about work before the first token that takes long.
    public interface Progress {
        Progress NONE = (what, done, total) -> {};

        /// @param what  what is being done: `compiling kernels`
        /// @param done  how much of it
        /// @param total of how much
        void step(String what, int done, int total);
    }

    /// The first device, as usual.
    public static BackendOptions ofContext(int context) {
        return new BackendOptions(0, 0, context, 0, KeyValueFormat.F32, true, 0, Progress.NONE);
    }

    public BackendOptions withContext(int value) {
        return new BackendOptions(device, threads, value, batch, kv, repack, prompt, progress);
    }

    public BackendOptions withBatch(int value) {
        return new BackendOptions(device, threads, context, value, kv, repack, prompt, progress);
    }
}
