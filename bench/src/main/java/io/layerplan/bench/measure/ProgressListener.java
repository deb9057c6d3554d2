package io.layerplan.bench.measure;

/// Hears how far a benchmark is.
@FunctionalInterface
public interface ProgressListener {
    ProgressListener NONE = (what, done, of) -> {};

    /// @param what is being done
    /// @param done of `of` parts of it; of 0 where nobody knows how many there will be
    void at(String what, int done, int of);
}
