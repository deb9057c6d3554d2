package io.layerplan.runtime.backend;

/// How a program is run.
///
/// @param device   a number of [Backend#devices]
/// @param threads  workers, where the backend has a number of them; 0 is the usual
/// @param context  the most positions of a sequence
/// @param batch    the most tokens that go through the program at a time; 0 is the usual
/// @param progress is told what starting takes
public record BackendOptions(int device, int threads, int context, int batch, Progress progress) {
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
        return new BackendOptions(0, 0, context, 0, Progress.NONE);
    }

    public BackendOptions withContext(int value) {
        return new BackendOptions(device, threads, value, batch, progress);
    }

    public BackendOptions withBatch(int value) {
        return new BackendOptions(device, threads, context, value, progress);
    }
}
