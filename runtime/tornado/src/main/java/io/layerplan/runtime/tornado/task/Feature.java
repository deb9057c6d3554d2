package io.layerplan.runtime.tornado.task;

/// What some backends can do beyond the least. A kernel or a way to execute that needs one asks
/// [Capabilities#require] first: on a backend without it some of these are an error when a kernel is compiled, some
/// when it is executed, and shuffles are the identity, without a word.
public enum Feature {
    /// `simdSum`, `simdShuffleDown`: sums and shifts over the work items of a warp.
    SHUFFLES("shuffles"),
    /// `dp4a`: products of four 8-bit integers at a time, in one instruction.
    DOT_INT8("int8 dot products"),
    /// `mma`: products of small matrices in one instruction.
    MATRIX_CORES("matrix cores"),
    /// `withCUDAGraph`: an execution that is recorded once and started again by one call.
    RECORDED_GRAPHS("recorded graphs");

    private final String text;

    Feature(String text) {
        this.text = text;
    }

    /// For people.
    public String text() {
        return text;
    }
}
